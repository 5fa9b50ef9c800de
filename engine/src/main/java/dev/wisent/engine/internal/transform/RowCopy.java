package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import java.util.Arrays;
import java.util.Optional;

/// Copies some rows of a batch into a batch of its own, used again from call to call. Bare rows: numbers and operations are
/// the caller's matter, but for [#range].
final class RowCopy {
    /// What a step that makes several rows of one gets at once: enough to be quick, and little when each becomes a thousand.
    private static final int SLICE_ROWS = 2048;
    private static final long SLICE_BYTES = 1 << 20;

    private Optional<RecordBatch> target = Optional.empty();

    static boolean isSmall(RecordBatch batch) {
        return batch.rows() <= SLICE_ROWS && batch.bytes() <= SLICE_BYTES;
    }

    /// Where a slice that begins at `from` ends. Rows are taken to be of one size; one record is a slice at least.
    static int endOfSlice(RecordBatch batch, int from) {
        long rowBytes = Math.max(1, batch.bytes() / batch.rows());
        long rows = Math.clamp(SLICE_BYTES / rowBytes, 1, SLICE_ROWS);
        return (int) Math.min(batch.rows(), from + rows);
    }

    /// Rows `[from, to)` with their numbers, operations and route.
    RecordBatch range(RecordBatch batch, int from, int to) {
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        RecordBatch copy = rows(batch, rows, rows.length);
        copy.number(new Numbering.Derived(batch.numbering(), rows, new int[rows.length]));
        copy.routeTo(batch.destinationId());
        copy.place(batch.places().map(places -> places.range(from, to)));
        if (batch.hasOps()) {
            RowOp[] ops = new RowOp[rows.length];
            Arrays.setAll(ops, i -> batch.op(from + i));
            copy.operate(ops);
        }
        return copy;
    }

    /// The first `count` of the rows numbered in `rows`.
    RecordBatch rows(RecordBatch batch, int[] rows, int count) {
        RecordBatch copy = empty(batch.schema());
        for (int i = 0; i < batch.schema().size(); i++) {
            Column from = batch.column(i);
            Column to = copy.column(i);
            for (int row = 0; row < count; row++) {
                to.appendFrom(from, rows[row]);
            }
        }
        return RecordBatch.over(batch.schema(), copy.columns(), count);
    }

    private RecordBatch empty(Schema schema) {
        if (target.isEmpty() || !target.get().schema().equals(schema)) {
            target = Optional.of(RecordBatch.of(schema));
        }
        target.get().clear();
        return target.get();
    }
}
