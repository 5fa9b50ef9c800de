package dev.wisent.connectors.duckdb.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.sql.read.ReadColumn;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DuckDB's types as Wisent's, and what a SELECT says to get values exactly.
final class ReadTypes {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
    private static final int UBIGINT_DIGITS = 20;

    private ReadTypes() {}

    static ReadColumn column(String name, String type) {
        String quoted = TableName.quoted(name);
        String text = "CAST(" + quoted + " AS VARCHAR)";
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            DataType exact =
                    new DataType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
            return read(name, exact, text);
        }
        if (type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION") || type.endsWith("]")) {
            return read(
                    name,
                    DataType.JSON,
                    "CASE WHEN " + quoted + " IS NOT NULL THEN "
                            + numbers(name, "CAST(to_json(" + quoted + ") AS VARCHAR)") + " END");
        }
        return switch (type) {
            case "BOOLEAN" -> read(name, DataType.BOOL, "CAST(" + quoted + " AS BIGINT)");
            case "TINYINT" -> read(name, DataType.INT8, quoted);
            case "SMALLINT", "UTINYINT" -> read(name, DataType.INT16, quoted);
            case "INTEGER", "USMALLINT" -> read(name, DataType.INT32, quoted);
            case "BIGINT", "UINTEGER" -> read(name, DataType.INT64, quoted);
            case "UBIGINT" -> read(name, new DataType.Decimal(UBIGINT_DIGITS, 0), text);
            case "HUGEINT" -> read(name, new DataType.Decimal(DataType.MAX_DECIMAL, 0), text);
            case "FLOAT" -> read(name, DataType.FLOAT32, quoted);
            case "DOUBLE" -> read(name, DataType.FLOAT64, quoted);
            case "BLOB" -> read(name, DataType.BINARY, quoted);
            case "DATE" ->
                read(name, DataType.DATE, finite(name, quoted, "date_diff('day', DATE '1970-01-01', " + quoted + ")"));
            case "TIME" ->
                read(
                        name,
                        DataType.TIME,
                        unless(
                                quoted + " = TIME '24:00:00'",
                                "column " + name + " holds 24:00:00, which is no time of a day",
                                "BIGINT",
                                "date_diff('microsecond', TIME '00:00:00', " + quoted + ")"));
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" ->
                read(name, DataType.TIMESTAMP_NTZ, finite(name, quoted, "epoch_us(CAST(" + quoted + " AS TIMESTAMP))"));
            case "TIMESTAMP WITH TIME ZONE" ->
                read(name, DataType.TIMESTAMP, finite(name, quoted, "epoch_us(" + quoted + ")"));
            case "UUID" -> read(name, DataType.UUID, text);
            case "JSON" -> read(name, DataType.JSON, numbers(name, text));
            default -> read(name, DataType.STRING, text);
        };
    }

    /// DuckDB's infinite times have no place in Wisent's: an error, not a null.
    private static String finite(String name, String quoted, String value) {
        return unless("isinf(" + quoted + ")", "column " + name + " holds an infinite time", "BIGINT", value);
    }

    /// DuckDB writes `NaN` and `Infinity` into JSON, and takes them there; JSON has no such words (RFC 8259 section 6).
    private static String numbers(String name, String json) {
        String word = "regexp_matches(" + json + ", '(?i)nan|inf')";
        String outsideTexts =
                "regexp_matches(regexp_replace(" + json + ", '\"(\\\\.|[^\"\\\\])*\"', '', 'g'), '(?i)nan|inf')";
        return unless(
                "CASE WHEN " + word + " THEN " + outsideTexts + " ELSE false END",
                "column " + name + " holds JSON with NaN or an infinity, which is none",
                "VARCHAR",
                json);
    }

    private static String unless(String condition, String error, String type, String value) {
        return "CASE WHEN " + condition + " THEN CAST(error(" + Sql.literal(error + "; read it as text by a query")
                + ") AS " + type + ") ELSE " + value + " END";
    }

    private static ReadColumn read(String name, DataType type, String select) {
        return new ReadColumn(Field.nullable(name, type), select);
    }
}
