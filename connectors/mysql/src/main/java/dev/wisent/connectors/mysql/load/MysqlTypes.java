package dev.wisent.connectors.mysql.load;

import dev.wisent.columnar.DataType;

/// Wisent's types as the server keeps them. docs/reference/types.md tells the same.
final class MysqlTypes {
    private MysqlTypes() {}

    /// The declared type of a column.
    ///
    /// @param collation that compares texts byte by byte
    static String name(DataType type, String collation) {
        String text = " CHARACTER SET utf8mb4 COLLATE " + collation;
        return switch (type) {
            case DataType.Bool() -> "BOOLEAN";
            case DataType.Int(int bits) ->
                switch (bits) {
                    case 8 -> "TINYINT";
                    case 16 -> "SMALLINT";
                    case 32 -> "INT";
                    default -> "BIGINT";
                };
            case DataType.Float(int bits) -> bits == Float.SIZE ? "FLOAT" : "DOUBLE";
            case DataType.Decimal(int precision, int scale) -> "DECIMAL(" + precision + "," + scale + ")";
            case DataType.Binary() -> "LONGBLOB";
            case DataType.Date() -> "DATE";
            case DataType.Time() -> "TIME(6)";
            // TIMESTAMP ends in 2038
            case DataType.Timestamp() -> "DATETIME(6)";
            case DataType.TimestampNtz() -> "DATETIME(6)";
            case DataType.Uuid() -> "CHAR(36)" + text;
            default -> "LONGTEXT" + text;
        };
    }

    /// Null of this type: without one, a table made of a SELECT would have columns that hold nothing else.
    static String noValue(DataType type) {
        String as = switch (type) {
            case DataType.Bool() -> "SIGNED";
            case DataType.Int i -> "SIGNED";
            case DataType.Float f -> "DOUBLE";
            case DataType.Decimal(int precision, int scale) -> "DECIMAL(" + precision + "," + scale + ")";
            case DataType.Binary() -> "BINARY";
            case DataType.Date() -> "DATE";
            case DataType.Time() -> "TIME(6)";
            case DataType.Timestamp() -> "DATETIME(6)";
            case DataType.TimestampNtz() -> "DATETIME(6)";
            default -> "CHAR";
        };
        return "CAST(NULL AS " + as + ")";
    }

    /// Whether it is kept as a text that begins can be indexed only.
    static boolean isLong(DataType type) {
        String name = name(type, "");
        return name.startsWith("LONG");
    }

    /// The value of `expression`, which was written as `from`, as a column of type `to` has it.
    static String value(String expression, DataType from, DataType to) {
        if (expression.equals("NULL")) {
            return noValue(to);
        }
        if (!(to instanceof DataType.Json) || from.equals(to)) {
            return expression;
        }
        return switch (from) {
            case DataType.Bool b -> "CASE " + expression + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
            case DataType.Int i -> "CAST(" + expression + " AS CHAR)";
            case DataType.Float f -> "CAST(" + expression + " * 1e0 AS CHAR)";
            case DataType.Decimal d -> "CAST(" + expression + " AS CHAR)";
            case DataType.Struct s -> expression;
            case DataType.ListOf l -> expression;
            case DataType.MapOf m -> expression;
            default -> "JSON_QUOTE(CAST(" + expression + " AS CHAR))";
        };
    }
}
