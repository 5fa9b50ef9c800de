package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.DataType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Statements over one connection.
public record Sql(Connection in) {
    public void run(String statement) throws SQLException {
        try (Statement each = in.createStatement()) {
            each.execute(statement);
        }
    }

    /// The first column of all rows, as texts; null is an empty text.
    public List<String> texts(String query, String... parameters) throws SQLException {
        try (PreparedStatement select = in.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    String text = rows.getString(1);
                    texts.add(text == null ? "" : text);
                }
                return texts;
            }
        }
    }

    /// Whether `query` gives a row.
    public boolean has(String query) throws SQLException {
        try (Statement select = in.createStatement();
                ResultSet rows = select.executeQuery(query)) {
            return rows.next();
        }
    }

    /// What stands behind a column of type `type` in CREATE TABLE, so that rows that do not name it get `value`.
    public static String standard(DataType type, String value) {
        boolean bare = type instanceof DataType.Bool
                || type instanceof DataType.Int
                || type instanceof DataType.Float
                || type instanceof DataType.Decimal;
        return " DEFAULT " + (bare ? value : literal(value));
    }

    /// `text` as a literal.
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
