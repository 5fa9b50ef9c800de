package dev.wisent.connectors.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/// Puts the lines of a base together to rows of a size databases like.
final class BaseRows {
    private final PreparedStatement insert;
    private final long base;
    private final int rowChars;
    private final StringBuilder row = new StringBuilder();
    private long number;
    private Optional<SQLException> failed = Optional.empty();

    /// @param insert with pipeline and stream set; the base's number, the row's, and its text follow
    BaseRows(PreparedStatement insert, long base, int rowChars) {
        this.insert = insert;
        this.base = base;
        this.rowChars = rowChars;
    }

    /// Takes one line. A failure is thrown by [#finish].
    void line(String line) {
        row.append(line).append('\n');
        if (row.length() >= rowChars) {
            write();
        }
    }

    private void write() {
        if (failed.isPresent()) {
            return;
        }
        try {
            insert.setLong(3, base);
            insert.setLong(4, number++);
            insert.setString(5, row.toString());
            insert.executeUpdate();
            row.setLength(0);
        } catch (SQLException e) {
            failed = Optional.of(e);
        }
    }

    void finish() throws SQLException {
        if (!row.isEmpty()) {
            write();
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }
}
