package dev.wisent.connectors.formats.avro;

import dev.wisent.api.format.Projection;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.formats.Damage;
import dev.wisent.connectors.formats.Unfit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumReader;

/// The wanted columns of a file's records.
record AvroColumns(Schema schema, List<Member> members) {
    /// A field of the record.
    ///
    /// @param values empty: it is skipped
    private record Member(org.apache.avro.Schema stored, Optional<Values> values) {}

    static AvroColumns of(Header header, Projection wanted, String where) {
        try {
            return ofRecord(header, wanted, where);
        } catch (IllegalArgumentException e) {
            // Names that are no names of columns.
            throw Damage.parse(where, "the file's schema can't be read: " + e.getMessage(), e);
        }
    }

    private static AvroColumns ofRecord(Header header, Projection wanted, String where) {
        org.apache.avro.Schema record = header.schema();
        if (record.getType() != org.apache.avro.Schema.Type.RECORD) {
            throw Damage.type(where, "the file holds values of type " + record.getType() + ", and no records");
        }
        List<Member> members = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (org.apache.avro.Schema.Field field : record.getFields()) {
            if (!wanted.has(field.name())) {
                members.add(new Member(field.schema(), Optional.empty()));
                continue;
            }
            try {
                Values values = Values.of(field.schema(), List.of(record.getFullName()));
                members.add(new Member(field.schema(), Optional.of(values)));
                fields.add(Field.nullable(field.name(), values.type()));
            } catch (Unfit e) {
                throw Damage.type(where, "column '" + field.name() + "': " + e.getMessage());
            }
        }
        return new AvroColumns(Schema.of(fields), members);
    }

    void read(AvroInput in, RecordBatch batch) throws IOException {
        int column = 0;
        for (Member member : members) {
            if (member.values().isPresent()) {
                member.values().get().read(in, batch.column(column++));
            } else {
                GenericDatumReader.skip(member.stored(), in.decoder());
            }
        }
    }
}
