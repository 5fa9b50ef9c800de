package dev.wisent.connectors.sql.read;

import dev.wisent.columnar.Column;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads the value of one column in the row a result set stands on.
@FunctionalInterface
public interface CellReader {
    /// Appends the value at index `at` to `to`, exactly, or fails with a [dev.wisent.api.error.WisentException].
    void read(ResultSet row, int at, Column to) throws SQLException;
}
