package dev.wisent.connectors.mysql.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers of the server to a question.
final class Asked {
    private Asked() {}

    /// Takes a row.
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> list(Connection in, String sql, Row<T> taken, String... parameters) throws SQLException {
        try (PreparedStatement select = in.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(taken.of(row));
                }
                return rows;
            }
        }
    }

    /// The first row; empty: there is none.
    static <T> Optional<T> one(Connection in, String sql, Row<T> taken, String... parameters) throws SQLException {
        return list(in, sql, taken, parameters).stream().findFirst();
    }
}
