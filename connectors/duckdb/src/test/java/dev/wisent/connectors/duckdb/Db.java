package dev.wisent.connectors.duckdb;

import dev.wisent.connectors.sql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// A DuckDB file as its own library reads it, in the instance of this process.
public record Db(Path file) implements TestDatabase {
    /// The only value.
    public String value(String query) throws SQLException {
        return rows(query).getFirst().values().iterator().next();
    }

    /// An expression that gives `column` as the contract tests want to read it.
    public static String shown(String column, String type) {
        String quoted = "\"" + column + "\"";
        return switch (type) {
            case "BLOB" -> "to_base64(" + quoted + ")";
            case "TIMESTAMP WITH TIME ZONE" -> "strftime(" + quoted + " AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')";
            case "TIMESTAMP" -> "replace(CAST(" + quoted + " AS VARCHAR), ' ', 'T')";
            default ->
                type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("[]")
                        ? "CAST(to_json(" + quoted + ") AS VARCHAR)"
                        : "CAST(" + quoted + " AS VARCHAR)";
        };
    }

    @Override
    public Connection connect() {
        return new DuckDbFile(file, DuckDbFile.Access.READ_WRITE).connect();
    }
}
