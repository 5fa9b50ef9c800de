package dev.wisent.connectors.sql.read;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Rows of a table that are not marked as deleted, without the column that marks them.
final class Undeleted {
    /// Set by a merge with `deletes: mark`.
    private static final String DELETED_AT = "_wisent_deleted_at";

    private Undeleted() {}

    static RecordBatch of(RecordBatch batch) {
        OptionalInt marked = batch.schema().indexOf(DELETED_AT);
        if (marked.isEmpty()) {
            return batch;
        }
        Column mark = batch.column(marked.getAsInt());
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        fields.remove(marked.getAsInt());
        RecordBatch kept = RecordBatch.of(Schema.of(fields));
        for (int row = 0; row < batch.rows(); row++) {
            if (mark.isNull(row)) {
                append(batch, row, marked.getAsInt(), kept);
            }
        }
        return kept;
    }

    private static void append(RecordBatch from, int row, int leftOut, RecordBatch to) {
        int at = 0;
        for (int i = 0; i < from.columns().size(); i++) {
            if (i != leftOut) {
                to.column(at++).appendFrom(from.column(i), row);
            }
        }
        to.endRow();
    }
}
