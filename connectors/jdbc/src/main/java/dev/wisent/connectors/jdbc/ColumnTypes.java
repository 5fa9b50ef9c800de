package dev.wisent.connectors.jdbc;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.sql.read.ReadColumn;
import java.sql.Types;
import java.util.Locale;

/// Which type a column is read as: one that holds every value of it, or none.
final class ColumnTypes {
    /// Of an unsigned 64-bit number.
    private static final int UNSIGNED_DIGITS = 20;

    private ColumnTypes() {}

    /// @param select what a statement names it by
    /// @param where for messages
    static ReadColumn read(JdbcColumn column, String select, String where) {
        String spelled = column.typeName().toUpperCase(Locale.ROOT);
        DataType type = named(spelled) ? ofName(spelled) : ofCode(column, spelled, where);
        return new ReadColumn(
                Field.nullable(column.name(), type),
                select,
                (row, at, to) -> Cells.read(column.name(), type, row, at, to));
    }

    private static boolean named(String spelled) {
        return spelled.equals("UUID")
                || spelled.equals("JSON")
                || spelled.equals("JSONB")
                || spelled.startsWith("ENUM");
    }

    private static DataType ofName(String spelled) {
        return switch (spelled) {
            case "UUID" -> DataType.UUID;
            case "JSON", "JSONB" -> DataType.JSON;
            default -> DataType.STRING;
        };
    }

    private static DataType ofCode(JdbcColumn column, String spelled, String where) {
        boolean unsigned = spelled.contains("UNSIGNED");
        return switch (column.code()) {
            case Types.BOOLEAN -> DataType.BOOL;
            case Types.BIT -> column.precision() > 1 ? DataType.BINARY : DataType.BOOL;
            // without a sign in some databases
            case Types.TINYINT -> DataType.INT16;
            case Types.SMALLINT -> unsigned ? DataType.INT32 : DataType.INT16;
            case Types.INTEGER -> unsigned ? DataType.INT64 : DataType.INT32;
            case Types.BIGINT -> unsigned ? new DataType.Decimal(UNSIGNED_DIGITS, 0) : DataType.INT64;
            case Types.REAL -> DataType.FLOAT32;
            case Types.FLOAT, Types.DOUBLE -> DataType.FLOAT64;
            case Types.NUMERIC, Types.DECIMAL -> decimal(column);
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB,
                    Types.SQLXML -> DataType.STRING;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> DataType.BINARY;
            case Types.DATE -> DataType.DATE;
            case Types.TIME -> DataType.TIME;
            case Types.TIMESTAMP -> DataType.TIMESTAMP_NTZ;
            case Types.TIMESTAMP_WITH_TIMEZONE -> DataType.TIMESTAMP;
            default ->
                throw WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "column '" + column.name() + "' is of type " + column.typeName()
                                        + ", which JDBC gives no exact form of")
                        .where(where)
                        .hint("read it by a query that turns it into text: query: SELECT …, CAST(" + column.name()
                                + " AS VARCHAR(4000)) AS " + column.name() + " FROM …; or leave it out");
        };
    }

    /// One without bounds is text with all its digits.
    private static DataType decimal(JdbcColumn column) {
        int precision = column.precision();
        int scale = column.scale();
        boolean bounded = precision >= 1 && precision <= DataType.MAX_DECIMAL && scale >= 0 && scale <= precision;
        return bounded ? new DataType.Decimal(precision, scale) : DataType.STRING;
    }
}
