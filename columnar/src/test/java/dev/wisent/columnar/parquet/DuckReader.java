package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads files with DuckDB: every leaf is cast to text there, nesting comes as JSON.
final class DuckReader {
    private DuckReader() {}

    static List<Map<String, Object>> rows(Path file, Schema schema) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        each(file, schema, rows::add);
        return rows;
    }

    static void each(Path file, Schema schema, Consumer<Map<String, Object>> rows) throws SQLException {
        StringBuilder columns = new StringBuilder();
        for (Field field : schema.fields()) {
            columns.append(columns.isEmpty() ? "" : ", ")
                    .append("to_json(")
                    .append(text(field.type(), quoted(field.name()), 0))
                    .append(")::VARCHAR");
        }
        try (Connection connection = Duck.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + columns + " FROM read_parquet('" + file + "')")) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 0; i < schema.size(); i++) {
                    String json = result.getString(i + 1);
                    row.put(
                            schema.field(i).name(),
                            json == null
                                    ? null
                                    : value(
                                            schema.field(i).type(),
                                            JsonMapper.shared().readTree(json)));
                }
                rows.accept(row);
            }
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String text(DataType type, String x, int depth) {
        String v = "v" + depth;
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> {
                StringBuilder packed = new StringBuilder();
                for (Field f : fields) {
                    packed.append(packed.isEmpty() ? "" : ", ")
                            .append(quoted(f.name()))
                            .append(" := ")
                            .append(text(f.type(), x + "." + quoted(f.name()), depth + 1));
                }
                yield "CASE WHEN " + x + " IS NULL THEN NULL ELSE struct_pack(" + packed + ") END";
            }
            case DataType.ListOf(DataType element) ->
                "list_transform(" + x + ", lambda " + v + ": " + text(element, v, depth + 1) + ")";
            case DataType.MapOf(DataType key, DataType mapped) ->
                "list_transform(map_entries(" + x + "), lambda " + v + ": struct_pack(k := "
                        + text(key, v + ".key", depth + 1) + ", v := " + text(mapped, v + ".value", depth + 1) + "))";
            case DataType.Date() -> "(" + x + " - DATE '1970-01-01')::VARCHAR";
            case DataType.Time() -> "epoch_us(" + x + ")::VARCHAR";
            case DataType.Timestamp() -> "epoch_us(" + x + ")::VARCHAR";
            case DataType.TimestampNtz() -> "epoch_us(" + x + ")::VARCHAR";
            case DataType.Binary() -> "lower(hex(" + x + "))";
            case DataType.Uuid() -> "replace(" + x + "::VARCHAR, '-', '')";
            default -> x + "::VARCHAR";
        };
    }

    private static Object value(DataType type, JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> {
                Map<String, Object> struct = new LinkedHashMap<>();
                fields.forEach(f -> struct.put(f.name(), value(f.type(), json.get(f.name()))));
                yield struct;
            }
            case DataType.ListOf(DataType element) -> {
                List<Object> list = new ArrayList<>();
                json.forEach(node -> list.add(value(element, node)));
                yield list;
            }
            case DataType.MapOf(DataType key, DataType mapped) -> {
                List<Object> list = new ArrayList<>();
                json.forEach(node -> {
                    list.add(value(key, node.get("k")));
                    list.add(value(mapped, node.get("v")));
                });
                yield list;
            }
            case DataType.Float(int bits) ->
                bits == 32
                        ? Values.shown(Float.parseFloat(number(json.stringValue())))
                        : Values.shown(Double.parseDouble(number(json.stringValue())));
            // DuckDB leaves out the zero in front of the point
            case DataType.Decimal(int p, int scale) ->
                new java.math.BigDecimal(json.stringValue()).setScale(scale).toPlainString();
            default -> json.stringValue();
        };
    }

    private static String number(String text) {
        return text.replace("inf", "Infinity").replace("nan", "NaN").replace("-NaN", "NaN");
    }
}
