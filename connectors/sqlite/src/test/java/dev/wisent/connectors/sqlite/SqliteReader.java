package dev.wisent.connectors.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A SQLite file as its own library reads it.
public record SqliteReader(Path file) {
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

    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
