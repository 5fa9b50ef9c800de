package dev.wisent.engine.internal.sim;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;

/// A simulated row is an id and what it does to its target, in one long: an insert is its id.
final class Rows {
    static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64));
    private static final int OP_SHIFT = 60;
    private static final long ID = (1L << OP_SHIFT) - 1;

    private Rows() {}

    static long row(long id, RowOp op) {
        return id | (long) op.ordinal() << OP_SHIFT;
    }

    static long id(long row) {
        return row & ID;
    }

    static RowOp op(long row) {
        return RowOp.values()[(int) (row >>> OP_SHIFT)];
    }

    static String name(long row) {
        return op(row) == RowOp.INSERT ? Long.toString(row) : op(row) + " " + id(row);
    }

    /// Fills `batch` anew.
    static RecordBatch fill(RecordBatch batch, List<Long> rows) {
        batch.clear();
        RowOp[] ops = new RowOp[rows.size()];
        boolean inserts = true;
        for (int i = 0; i < ops.length; i++) {
            ((LongColumn) batch.column(0)).append(id(rows.get(i)));
            batch.endRow();
            ops[i] = op(rows.get(i));
            inserts &= ops[i] == RowOp.INSERT;
        }
        return inserts ? batch : batch.operate(ops);
    }

    static List<Long> of(RecordBatch batch) {
        List<Long> rows = new ArrayList<>(batch.rows());
        LongColumn column = (LongColumn) batch.column(0);
        for (int i = 0; i < batch.rows(); i++) {
            rows.add(row(column.get(i), batch.op(i)));
        }
        return rows;
    }
}
