package dev.wisent.engine.internal.shape;

import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.transform.AsRead;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The rows of a stream with columns that are merged: as they are, but for records with a row whose key has no value.
final class KeyedColumns implements RowShaper {
    private final Shapers shapers;
    private final RowKey key;

    KeyedColumns(Shapers shapers) {
        this.shapers = shapers;
        this.key = new RowKey(shapers.key());
    }

    @Override
    public void shape(Origin origin, RecordBatch batch, Out out) {
        TargetId target = shapers.route(batch);
        if (!key.isMissingSomewhere(batch)) {
            out.write(target, batch);
            return;
        }
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); ) {
            int end = endOfRecord(origin.read(), batch, row);
            Optional<String> missing = missing(batch, row, end);
            if (missing.isPresent()) {
                AsRead read = origin.read();
                String message = RowKey.message(missing.get());
                out.refuse(read.reject(read.record(row), ErrorCode.MISSING_VALUE, message), end - row);
            } else {
                for (int i = row; i < end; i++) {
                    kept[count++] = i;
                }
            }
            row = end;
        }
        out.write(target, rows(batch, kept, count));
    }

    /// A record is refused as a whole, or a replay would repeat its other rows.
    private Optional<String> missing(RecordBatch batch, int from, int end) {
        Optional<String> missing = Optional.empty();
        for (int row = from; row < end && missing.isEmpty(); row++) {
            missing = key.missing(batch, row);
        }
        return missing;
    }

    static int endOfRecord(AsRead read, RecordBatch batch, int row) {
        int end = row + 1;
        while (end < batch.rows() && read.record(end) == read.record(row)) {
            end++;
        }
        return end;
    }

    private static RecordBatch rows(RecordBatch batch, int[] kept, int count) {
        List<Column> columns = RecordBatch.of(batch.schema()).columns();
        for (int i = 0; i < columns.size(); i++) {
            for (int row = 0; row < count; row++) {
                columns.get(i).appendFrom(batch.column(i), kept[row]);
            }
        }
        Numbering numbering = new Numbering.Derived(batch.numbering(), Arrays.copyOf(kept, count), new int[count]);
        RecordBatch rows = RecordBatch.over(batch.schema(), columns, count)
                .number(numbering)
                .routeTo(batch.destinationId());
        return Operations.picked(batch, rows, kept);
    }
}
