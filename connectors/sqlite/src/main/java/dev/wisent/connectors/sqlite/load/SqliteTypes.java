package dev.wisent.connectors.sqlite.load;

import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sql.staged.Sql;
import java.math.BigDecimal;

/// Wisent's types as SQLite keeps them. It has integers, floats, texts and blobs; everything else is text that sorts and
/// compares as its values do, but decimals.
final class SqliteTypes {
    private SqliteTypes() {}

    /// What stands behind a column, so that rows that do not name it get `value` as [SqliteParts] would write it.
    static String standard(DataType type, String value) {
        return switch (type) {
            case DataType.Bool() -> Sql.standard(DataType.INT64, value.equals("true") ? "1" : "0");
            case DataType.Decimal(int precision, int scale) ->
                Sql.standard(
                        DataType.STRING, new BigDecimal(value).setScale(scale).toPlainString());
            default -> Sql.standard(type, value);
        };
    }

    /// The declared type of a column; its affinity changes none of the values [SqliteParts] writes.
    static String name(DataType type) {
        return switch (type) {
            case DataType.Bool() -> "BOOLEAN";
            case DataType.Int i -> "INTEGER";
            case DataType.Float f -> "REAL";
            case DataType.Binary() -> "BLOB";
            default -> "TEXT";
        };
    }
}
