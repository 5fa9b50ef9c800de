package dev.wisent.connectors.sqlite.load;

import dev.wisent.columnar.DataType;

/// Wisent's types as SQLite keeps them. It has integers, floats, texts and blobs; everything else is text that sorts and
/// compares as its values do, but decimals.
final class SqliteTypes {
    private SqliteTypes() {}

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
