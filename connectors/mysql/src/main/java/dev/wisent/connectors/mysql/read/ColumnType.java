package dev.wisent.connectors.mysql.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.mysql.Session;

/// A type of the server: which type of Wisent its values are, and how they are read. docs/reference/types.md tells the same.
///
/// @param name in small letters, without length: `bigint`, `varchar`
/// @param spelled as the server spells it, for people
/// @param sign whether it has one
/// @param precision digits of a decimal, bits of a bit
record ColumnType(String name, String spelled, Sign sign, int precision, int scale) {
    private static final int UNSIGNED_BIGINT_DIGITS = 20;
    private static final int LONG_BITS = 63;

    enum Sign {
        SIGNED,
        UNSIGNED
    }

    private record Reading(DataType type, String select, Form form, ReadColumn.Order order) {}

    ReadColumn column(String column) {
        Reading reading = reading("t." + Session.quoted(column));
        return new ReadColumn(
                Field.nullable(column, reading.type()), spelled, reading.select(), reading.form(), reading.order());
    }

    /// As its text.
    ReadColumn text(String column) {
        String quoted = "t." + Session.quoted(column);
        boolean bytes = reading(quoted).form() == Form.BYTES;
        return new ReadColumn(
                Field.nullable(column, DataType.STRING),
                spelled,
                bytes ? "HEX(" + quoted + ")" : asText(quoted),
                Form.TEXT,
                ReadColumn.Order.NONE);
    }

    private Reading reading(String column) {
        boolean signed = sign == Sign.SIGNED;
        return switch (name) {
            case "tinyint" -> ordered(signed ? DataType.INT8 : DataType.INT16, column, Form.WHOLE);
            case "smallint", "year" ->
                ordered(signed || name.equals("year") ? DataType.INT16 : DataType.INT32, column, Form.WHOLE);
            case "mediumint" -> ordered(DataType.INT32, column, Form.WHOLE);
            case "int", "integer" -> ordered(signed ? DataType.INT32 : DataType.INT64, column, Form.WHOLE);
            case "bigint" ->
                signed
                        ? ordered(DataType.INT64, column, Form.WHOLE)
                        : ordered(new DataType.Decimal(UNSIGNED_BIGINT_DIGITS, 0), column, Form.DECIMAL);
            case "decimal", "numeric" ->
                precision <= DataType.MAX_DECIMAL && precision > 0
                        ? ordered(new DataType.Decimal(precision, scale), column, Form.DECIMAL)
                        : unordered(DataType.STRING, asText(column), Form.TEXT);
            // text shows six digits of a float
            case "float" -> unordered(DataType.FLOAT32, column + " * 1e0", Form.FLOAT);
            case "double", "real" -> unordered(DataType.FLOAT64, column + " * 1e0", Form.FLOAT);
            case "bit" -> bits(column);
            case "date" -> ordered(DataType.DATE, asText(column), Form.DATE);
            case "datetime" -> ordered(DataType.TIMESTAMP_NTZ, asText(column), Form.DATETIME);
            case "timestamp" -> ordered(DataType.TIMESTAMP, asText(column), Form.DATETIME);
            case "time" -> ordered(DataType.TIME, asText(column), Form.TIME);
            case "char", "varchar", "nchar", "nvarchar" -> ordered(DataType.STRING, column, Form.TEXT);
            case "tinytext", "text", "mediumtext", "longtext" -> unordered(DataType.STRING, column, Form.TEXT);
            case "json" -> unordered(DataType.JSON, asText(column), Form.TEXT);
            case "binary", "varbinary" -> ordered(DataType.BINARY, column, Form.BYTES);
            case "tinyblob", "blob", "mediumblob", "longblob" -> unordered(DataType.BINARY, column, Form.BYTES);
            case "uuid" -> ordered(DataType.UUID, asText(column), Form.UUID);
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" ->
                unordered(
                        DataType.STRING,
                        "CONCAT(CASE WHEN ST_SRID(" + column + ") <> 0 THEN CONCAT('SRID=', ST_SRID(" + column
                                + "), ';') ELSE '' END, ST_AsText(" + column + "))",
                        Form.TEXT);
            // enum, set, inet4, inet6 and what comes
            default -> unordered(DataType.STRING, asText(column), Form.TEXT);
        };
    }

    private Reading bits(String column) {
        String number = "CAST(" + column + " AS UNSIGNED)";
        if (precision <= 1) {
            return ordered(DataType.BOOL, number, Form.TRUTH);
        }
        return precision <= LONG_BITS
                ? ordered(DataType.INT64, number, Form.WHOLE)
                : ordered(new DataType.Decimal(UNSIGNED_BIGINT_DIGITS, 0), number, Form.DECIMAL);
    }

    private static String asText(String column) {
        return "CAST(" + column + " AS CHAR)";
    }

    private static Reading ordered(DataType type, String select, Form form) {
        return new Reading(type, select, form, ReadColumn.Order.ORDERED);
    }

    private static Reading unordered(DataType type, String select, Form form) {
        return new Reading(type, select, form, ReadColumn.Order.NONE);
    }
}
