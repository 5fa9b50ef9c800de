package dev.wisent.connectors.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A database as its own driver shows it to a test.
@FunctionalInterface
public interface TestDatabase {
    Connection connect() throws SQLException;

    /// What `query` gives: texts by column, null is a missing key.
    default List<Map<String, String>> rows(String query) throws SQLException {
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
    default List<String> lines(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> lines = new ArrayList<>();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String text = result.getString(i);
                    cells.add(text == null ? "-" : text);
                }
                lines.add(String.join("|", cells));
            }
            return lines;
        }
    }

    default void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
