package dev.wisent.engine.internal.shape;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import java.util.function.IntUnaryOperator;

/// What rows do to their target, taken along into the batch they are written in.
final class Operations {
    private Operations() {}

    /// @param to as many rows as `from`, in the same order
    static RecordBatch same(RecordBatch from, RecordBatch to) {
        return from.hasOps() ? to.operate(ops(from, index -> index, to.rows())) : to;
    }

    /// @param rows row i of `to` was row `rows[i]` of `from`
    static RecordBatch picked(RecordBatch from, RecordBatch to, int[] rows) {
        return from.hasOps() ? to.operate(ops(from, index -> rows[index], to.rows())) : to;
    }

    private static RowOp[] ops(RecordBatch from, IntUnaryOperator origin, int count) {
        RowOp[] ops = new RowOp[count];
        for (int row = 0; row < count; row++) {
            ops[row] = from.op(origin.applyAsInt(row));
        }
        return ops;
    }
}
