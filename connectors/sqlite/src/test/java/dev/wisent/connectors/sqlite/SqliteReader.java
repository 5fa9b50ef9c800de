package dev.wisent.connectors.sqlite;

import dev.wisent.connectors.sql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A SQLite file as its own library reads it.
public record SqliteReader(Path file) implements TestDatabase {
    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
