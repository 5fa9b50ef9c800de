package dev.wisent.engine.internal.transform;

import dev.wisent.api.transform.Applied;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;

/// Some of the columns, as they are, under the names of `output`.
record ColumnPick(Schema output, int[] from) implements ColumnPlan {
    @Override
    public Applied apply(RecordBatch batch) {
        List<Column> columns = new ArrayList<>(from.length);
        for (int index : from) {
            columns.add(batch.column(index));
        }
        return Applied.same(RecordBatch.over(output, columns, batch.rows()));
    }
}
