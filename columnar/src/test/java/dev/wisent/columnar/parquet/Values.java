package dev.wisent.columnar.parquet;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Values as plain objects: `null`, `Long`, `Double`, `byte[]`, `Object[]` for a struct, `List` for a list, a `List` of
/// `Object[]{key, value}` for a map. What was written is kept, or made again, in this form, and shown as text for
/// comparing it with what readers find.
final class Values {
    private Values() {}

    static RecordBatch batch(Schema schema, List<Object[]> rows) {
        RecordBatch batch = RecordBatch.of(schema);
        rows.forEach(row -> append(batch, row));
        return batch;
    }

    static void append(RecordBatch batch, Object[] row) {
        for (int i = 0; i < row.length; i++) {
            append(batch.column(i), row[i]);
        }
        batch.endRow();
    }

    private static void append(Column column, Object value) {
        if (value == null) {
            column.appendNull();
            return;
        }
        switch (column) {
            case LongColumn longs -> longs.append((Long) value);
            case DoubleColumn doubles -> doubles.append((Double) value);
            case BytesColumn bytes -> bytes.append((byte[]) value);
            case StructColumn struct -> {
                Object[] fields = (Object[]) value;
                for (int i = 0; i < fields.length; i++) {
                    append(struct.children().get(i), fields[i]);
                }
                struct.endRow();
            }
            case ListColumn list -> {
                ((List<?>) value).forEach(element -> append(list.elements(), element));
                list.endRow();
            }
            case MapColumn map -> {
                ((List<?>) value).forEach(entry -> {
                    append(map.keys(), ((Object[]) entry)[0]);
                    append(map.values(), ((Object[]) entry)[1]);
                });
                map.endRow();
            }
        }
    }

    static Map<String, Object> shown(Schema schema, Object[] row) {
        return shown(schema.fields(), row);
    }

    private static Map<String, Object> shown(List<Field> fields, Object[] values) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            shown.put(fields.get(i).name(), shown(fields.get(i).type(), values[i]));
        }
        return shown;
    }

    private static Object shown(DataType type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> shown(fields, (Object[]) value);
            case DataType.ListOf(DataType element) -> {
                List<Object> shown = new ArrayList<>();
                ((List<?>) value).forEach(v -> shown.add(shown(element, v)));
                yield shown;
            }
            case DataType.MapOf(DataType key, DataType mapped) -> {
                List<Object> shown = new ArrayList<>();
                ((List<?>) value).forEach(e -> {
                    shown.add(shown(key, ((Object[]) e)[0]));
                    shown.add(shown(mapped, ((Object[]) e)[1]));
                });
                yield shown;
            }
            case DataType.Bool() -> String.valueOf((Long) value == 1);
            case DataType.Float(int bits) when bits == 32 -> shown(((Double) value).floatValue());
            case DataType.Float(int bits) -> shown((double) (Double) value);
            case DataType.Decimal(int p, int s) ->
                value instanceof Long unscaled
                        ? shown(BigInteger.valueOf(unscaled), s)
                        : shown(new BigInteger((byte[]) value), s);
            case DataType.Text() -> new String((byte[]) value, StandardCharsets.UTF_8);
            case DataType.Json() -> new String((byte[]) value, StandardCharsets.UTF_8);
            case DataType.Binary() -> HexFormat.of().formatHex((byte[]) value);
            case DataType.Uuid() -> HexFormat.of().formatHex((byte[]) value);
            default -> String.valueOf((Long) value);
        };
    }

    static String shown(BigInteger unscaled, int scale) {
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    /// The bits, so that both zeros and every NaN differ.
    static String shown(double value) {
        return value + " " + Long.toHexString(Double.doubleToRawLongBits(value));
    }

    static String shown(float value) {
        return value + " " + Integer.toHexString(Float.floatToRawIntBits(value));
    }
}
