package dev.wisent.engine.internal.transform;

import dev.wisent.api.transform.Applied;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Some of the columns, as they are, under the names of `schema`.
record ColumnPick(Schema schema, int[] from) implements ColumnPlan {
    @Override
    public Optional<Schema> output() {
        return Optional.of(schema);
    }

    @Override
    public Applied apply(RecordBatch batch) {
        List<Column> columns = new ArrayList<>(from.length);
        for (int index : from) {
            columns.add(batch.column(index));
        }
        return Applied.same(RecordBatch.over(schema, columns, batch.rows()));
    }
}
