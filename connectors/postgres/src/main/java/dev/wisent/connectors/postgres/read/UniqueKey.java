package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.PostgresTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// The columns that the server itself keeps unique and not null.
final class UniqueKey {
    /// The primary key, else the unique index with the fewest columns. A table that others inherit from has no key: its index
    /// says nothing of their rows.
    private static final String SQL = """
            SELECT ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (num, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
                         WHERE k.place <= i.indnkeyatts ORDER BY k.place)
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
            WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
              AND (c.relkind IN ('p', 'm')
                   OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid))
              AND NOT EXISTS (SELECT 1 FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (num, place)
                              JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
                              WHERE k.place <= i.indnkeyatts AND NOT a.attnotnull)
            ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1""";

    private UniqueKey() {}

    /// @return empty: there is none
    static List<String> of(Connection connection, PostgresTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, table.oid());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Arrays.asList((String[]) row.getArray(1).getArray()) : List.of();
            }
        }
    }
}
