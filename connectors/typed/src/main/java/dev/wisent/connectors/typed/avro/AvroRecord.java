package dev.wisent.connectors.typed.avro;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericDatumReader;

/// The fields of a record as columns, or some of them. One thread.
///
/// @param schema the columns of [#read], all nullable
public record AvroRecord(Schema schema, List<Member> members) {
    /// A field as it is stored.
    ///
    /// @param values empty: it is skipped
    public record Member(org.apache.avro.Schema stored, Optional<Values> values) {}

    public AvroRecord {
        members = List.copyOf(members);
    }

    /// @param record its type is RECORD
    /// @param wanted which fields are read; the others are skipped
    /// @throws Unfit if no column holds values of a wanted field
    /// @throws IllegalArgumentException if a field's name is no name of a column
    public static AvroRecord of(org.apache.avro.Schema record, Predicate<String> wanted) {
        List<Member> members = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (org.apache.avro.Schema.Field field : record.getFields()) {
            if (!wanted.test(field.name())) {
                members.add(new Member(field.schema(), Optional.empty()));
                continue;
            }
            try {
                Values values = Values.of(field.schema(), List.of(record.getFullName()));
                members.add(new Member(field.schema(), Optional.of(values)));
                fields.add(Field.nullable(field.name(), values.type()));
            } catch (Unfit e) {
                throw new Unfit("column '" + field.name() + "': " + e.getMessage());
            }
        }
        return new AvroRecord(Schema.of(fields), members);
    }

    /// Reads one record.
    ///
    /// @param columns where the wanted fields go, in their order
    public void read(AvroInput in, List<Column> columns) throws IOException {
        int column = 0;
        for (Member member : members) {
            if (member.values().isPresent()) {
                member.values().get().read(in, columns.get(column++));
            } else {
                GenericDatumReader.skip(member.stored(), in.decoder());
            }
        }
    }
}
