package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;

/// A column of JSON values that some rows have and others don't.
final class Leaf {
    private final BytesColumn column = (BytesColumn) Column.of(DataType.JSON);

    void clear() {
        column.clear();
    }

    /// Puts the value at `[from, to)` into row `row`; false when that row has one already.
    boolean put(int row, byte[] json, int from, int to) {
        if (column.size() > row) {
            return false;
        }
        fill(row);
        column.append(json, from, to - from);
        return true;
    }

    /// The column with `rows` rows.
    Column of(int rows) {
        fill(rows);
        return column;
    }

    private void fill(int rows) {
        while (column.size() < rows) {
            column.appendAbsent();
        }
    }
}
