package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.RowDecoder;
import dev.wisent.columnar.internal.Slot;

/// One JSON object into one row.
public final class JsonRows implements RowDecoder {
    private final RecordBatch batch;
    private final ObjectReader fields;
    private final JsonCursor cursor;

    public JsonRows(RecordBatch batch, Drift drift, JsonCursor cursor, ValueForm.ByColumn forms) {
        this.batch = batch;
        this.cursor = cursor;
        this.fields = new ObjectReader(batch.schema().fields(), batch.columns(), Slot.Column::new, forms::of, drift);
    }

    @Override
    public void decode(byte[] bytes, int from, int to) {
        cursor.open(bytes, from, to);
        if (cursor.peek() != '{') {
            cursor.skip();
            cursor.expectEnd();
            throw new DecodeFailure(Reason.TYPE, "the record is no object");
        }
        fields.read(cursor, batch.rows());
        cursor.expectEnd();
    }

    @Override
    public void forget() {
        cursor.forget();
    }

    /// No token can hold a line feed, so reading the record finds its end.
    @Override
    public int decodeLine(byte[] bytes, int from, int limit) {
        if (bytes[from] != '{') {
            return -1;
        }
        cursor.openLine(bytes, from, limit);
        try {
            fields.read(cursor, batch.rows());
        } catch (DecodeFailure failure) {
            return -1;
        }
        return cursor.isDone() ? cursor.at : -1;
    }
}
