package dev.wisent.connectors.delta;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/// One instance of DuckDB for all who read files by it: its start takes longer than a small file.
final class Duck {
    private static final DuckDBConnection FIRST = open();

    private Duck() {}

    /// A connection of the caller's own, with the temporary tables and settings of nobody else.
    static Connection connect() throws SQLException {
        return FIRST.duplicate();
    }

    private static DuckDBConnection open() {
        try {
            return DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
