package dev.wisent.engine.internal.shape;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What rows are merged by, and which rows can't be. Remembers where the columns stand in the schema it saw last: one thread.
final class RowKey {
    private final List<String> names;
    private Optional<Schema> seen = Optional.empty();
    private int[] columns = {};

    /// @param names none: every row can be written
    RowKey(List<String> names) {
        this.names = names;
    }

    /// The first column of the key without a value in that row; empty: it has its key. A truncate needs none.
    Optional<String> missing(RecordBatch batch, int row) {
        if (names.isEmpty() || batch.op(row) == RowOp.TRUNCATE) {
            return Optional.empty();
        }
        lookUp(batch.schema());
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0 || batch.column(columns[i]).isNull(row)) {
                return Optional.of(names.get(i));
            }
        }
        return Optional.empty();
    }

    /// Whether some row has no value in a column of the key.
    boolean isMissingSomewhere(RecordBatch batch) {
        lookUp(batch.schema());
        for (int column : columns) {
            if (column < 0 || !batch.column(column).isComplete()) {
                return true;
            }
        }
        return false;
    }

    private void lookUp(Schema schema) {
        if (!seen.equals(Optional.of(schema))) {
            seen = Optional.of(schema);
            List<String> all = new ArrayList<>();
            schema.fields().forEach(field -> all.add(field.name()));
            columns = names.stream().mapToInt(all::indexOf).toArray();
        }
    }

    static String message(String column) {
        return "column '" + column + "' of the primary key has no value, so the row can't be merged";
    }
}
