package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.RowOp;
import java.util.Arrays;

/// What the rows of a batch do, in their order. One thread.
final class RowOps {
    private static final int FIRST = 1024;

    private RowOp[] ops = {};
    private int count;
    private boolean onlyInserts = true;

    void add(RowOp op) {
        if (count == ops.length) {
            ops = Arrays.copyOf(ops, Math.max(FIRST, count * 2));
        }
        ops[count++] = op;
        onlyInserts &= op == RowOp.INSERT;
    }

    /// As a batch has them: none when all are inserts.
    RowOp[] all() {
        return onlyInserts ? new RowOp[0] : Arrays.copyOf(ops, count);
    }

    void clear() {
        count = 0;
        onlyInserts = true;
    }
}
