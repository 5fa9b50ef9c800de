package dev.wisent.connectors.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A DuckDB file as its own library reads it, in the instance of this process.
public record Db(Path file) {
    /// What `query` gives: texts by column, null is a missing key.
    public List<Map<String, String>> rows(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String text = result.getString(i);
                    if (text != null) {
                        row.put(result.getMetaData().getColumnLabel(i), text);
                    }
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /// What `query` gives, a row as `a|b|c`, null as `-`.
    public List<String> lines(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> lines = new ArrayList<>();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(Optional.ofNullable(result.getString(i)).orElse("-"));
                }
                lines.add(String.join("|", cells));
            }
            return lines;
        }
    }

    /// The only value.
    public String value(String query) throws SQLException {
        return rows(query).getFirst().values().iterator().next();
    }

    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
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

    public Connection connect() {
        return new DuckDbFile(file, DuckDbFile.Access.READ_WRITE).connect();
    }
}
