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

    /// Puts a member's value into row `row`; false when that row has one already.
    boolean put(int row, JsonMembers members, int member) {
        if (column.size() > row) {
            return false;
        }
        fill(row);
        column.append(members.data(), members.from(member), members.to(member) - members.from(member));
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
