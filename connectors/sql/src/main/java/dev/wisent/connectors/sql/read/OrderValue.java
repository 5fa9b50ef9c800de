package dev.wisent.connectors.sql.read;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Values of a column rows are read in the order of: as texts, which positions hold, and back.
public interface OrderValue {
    /// Where statements turn values into texts and back.
    OrderValue TEXT = new OrderValue() {
        @Override
        public Optional<String> text(ResultSet row, int at) throws SQLException {
            return Optional.ofNullable(row.getString(at));
        }

        @Override
        public void bind(PreparedStatement to, int at, String text) throws SQLException {
            to.setString(at, text);
        }
    };

    /// Of the value at index `at`; empty: it is null.
    Optional<String> text(ResultSet row, int at) throws SQLException;

    /// Sets a parameter to the value that `text` was made from.
    void bind(PreparedStatement to, int at, String text) throws SQLException;
}
