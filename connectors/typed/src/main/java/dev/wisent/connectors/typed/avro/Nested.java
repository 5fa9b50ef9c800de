package dev.wisent.connectors.typed.avro;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/// Records in records, arrays and maps.
final class Nested {
    /// Elements without bytes could be any number.
    private static final int MOST_ELEMENTS = 1 << 26;

    private Nested() {}

    static Values struct(Schema schema, List<String> around) {
        if (around.contains(schema.getFullName())) {
            throw new Unfit("record '" + schema.getFullName() + "' holds itself, which has no end as columns");
        }
        List<String> within = new ArrayList<>(around);
        within.add(schema.getFullName());
        List<Field> fields = new ArrayList<>();
        List<Values> values = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Values of = Values.of(field.schema(), within);
            values.add(of);
            fields.add(Field.nullable(field.name(), of.type()));
        }
        return new Values(new DataType.Struct(fields), (column, in) -> {
            StructColumn struct = (StructColumn) column;
            for (int i = 0; i < values.size(); i++) {
                values.get(i).read(in, struct.children().get(i));
            }
            struct.endRow();
        });
    }

    static Values list(Schema schema, List<String> around) {
        Values element = Values.of(schema.getElementType(), around);
        return new Values(new DataType.ListOf(element.type()), (column, in) -> {
            ListColumn list = (ListColumn) column;
            for (long n = in.decoder().readArrayStart(); n > 0; n = in.decoder().arrayNext()) {
                for (long i = 0; i < n; i++) {
                    refuseEndless(list.elements());
                    element.read(in, list.elements());
                }
            }
            list.endRow();
        });
    }

    static Values map(Schema schema, List<String> around) {
        Values key = Values.text();
        Values value = Values.of(schema.getValueType(), around);
        return new Values(new DataType.MapOf(DataType.STRING, value.type()), (column, in) -> {
            MapColumn map = (MapColumn) column;
            for (long n = in.decoder().readMapStart(); n > 0; n = in.decoder().mapNext()) {
                for (long i = 0; i < n; i++) {
                    key.read(in, map.keys());
                    value.read(in, map.values());
                }
            }
            map.endRow();
        });
    }

    private static void refuseEndless(Column elements) throws IOException {
        if (elements.size() > MOST_ELEMENTS) {
            throw new IOException("an array of more than " + MOST_ELEMENTS + " elements");
        }
    }
}
