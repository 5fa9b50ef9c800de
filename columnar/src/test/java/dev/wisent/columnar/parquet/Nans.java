package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;

/// DuckDB shows every NaN as `nan`: rows to compare with it have one NaN only.
final class Nans {
    private Nans() {}

    static Object[] canonical(Schema schema, Object[] row) {
        return canonical(schema.fields(), row);
    }

    private static Object[] canonical(List<Field> fields, Object[] values) {
        Object[] same = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            same[i] = canonical(fields.get(i).type(), values[i]);
        }
        return same;
    }

    private static Object canonical(DataType type, Object value) {
        return switch (type) {
            case DataType t when value == null -> null;
            case DataType.Float f -> ((Double) value).isNaN() ? (Object) Double.NaN : value;
            case DataType.Struct(List<Field> fields) -> canonical(fields, (Object[]) value);
            case DataType.ListOf(DataType element) -> {
                List<Object> list = new ArrayList<>();
                ((List<?>) value).forEach(v -> list.add(canonical(element, v)));
                yield list;
            }
            case DataType.MapOf(DataType key, DataType mapped) -> {
                List<Object> entries = new ArrayList<>();
                ((List<?>) value)
                        .forEach(e ->
                                entries.add(new Object[] {((Object[]) e)[0], canonical(mapped, ((Object[]) e)[1])}));
                yield entries;
            }
            default -> value;
        };
    }
}
