package dev.wisent.engine.internal.validate;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A value as text that is the same wherever the value is: 1, 1.0 and 1.00 are one number, an instant is one in any zone, and
/// a JSON object has its keys in one order.
final class CanonicalValue {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /// Texts are put between these where a value has parts, after their own length: no two lists look alike.
    private static final char OPEN = '[';

    private CanonicalValue() {}

    /// Of a row that has a value there.
    static String of(Column column, int row) {
        return switch (column) {
            case LongColumn longs -> number(longs, row);
            case DoubleColumn doubles -> floating(doubles.get(row));
            case BytesColumn bytes -> bytes(bytes, row);
            case StructColumn struct -> struct(struct, row);
            case ListColumn list -> elements(list.elements(), list.start(row), list.length(row));
            case MapColumn map -> map(map, row);
        };
    }

    private static String number(LongColumn column, int row) {
        long value = column.get(row);
        return switch (column.type()) {
            case DataType.Bool() -> value == 0 ? "false" : "true";
            case DataType.Decimal(int precision, int scale) -> plain(BigDecimal.valueOf(value, scale));
            default -> Long.toString(value);
        };
    }

    private static String floating(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        return plain(new BigDecimal(Double.toString(value)));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String bytes(BytesColumn column, int row) {
        return switch (column.type()) {
            case DataType.Text() -> column.string(row);
            case DataType.Json() -> json(column.string(row));
            case DataType.Decimal(int precision, int scale) ->
                plain(new BigDecimal(new BigInteger(column.copy(row)), scale));
            default -> HexFormat.of().formatHex(column.copy(row));
        };
    }

    private static String json(String text) {
        return json(JSON.readTree(text));
    }

    private static String json(JsonNode node) {
        if (node.isObject()) {
            StringBuilder object = new StringBuilder("{");
            for (String name : new TreeSet<>(node.propertyNames())) {
                part(object, name);
                part(object, json(node.path(name)));
            }
            return object.append('}').toString();
        }
        if (node.isArray()) {
            StringBuilder array = new StringBuilder().append(OPEN);
            node.forEach(item -> part(array, json(item)));
            return array.append(']').toString();
        }
        return node.isNumber() ? plain(node.decimalValue()) : node.toString();
    }

    private static String struct(StructColumn column, int row) {
        List<Field> fields = ((DataType.Struct) column.type()).fields();
        StringBuilder struct = new StringBuilder("{");
        for (int i = 0; i < fields.size(); i++) {
            Column child = column.children().get(i);
            if (!child.isNull(row)) {
                part(struct, fields.get(i).name());
                part(struct, of(child, row));
            }
        }
        return struct.append('}').toString();
    }

    private static String elements(Column elements, int start, int length) {
        StringBuilder list = new StringBuilder().append(OPEN);
        for (int i = start; i < start + length; i++) {
            element(list, elements, i);
        }
        return list.append(']').toString();
    }

    private static String map(MapColumn column, int row) {
        TreeSet<String> entries = new TreeSet<>();
        for (int i = column.start(row); i < column.start(row) + column.length(row); i++) {
            StringBuilder entry = new StringBuilder();
            element(entry, column.keys(), i);
            element(entry, column.values(), i);
            entries.add(entry.toString());
        }
        StringBuilder map = new StringBuilder("{");
        entries.forEach(entry -> part(map, entry));
        return map.append('}').toString();
    }

    private static void element(StringBuilder to, Column column, int row) {
        if (column.isNull(row)) {
            to.append('-');
        } else {
            part(to, of(column, row));
        }
    }

    private static void part(StringBuilder to, String text) {
        to.append(text.length()).append(':').append(text);
    }
}
