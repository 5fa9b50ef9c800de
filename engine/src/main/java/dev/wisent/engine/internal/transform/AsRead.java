package dev.wisent.engine.internal.transform;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.Places;
import dev.wisent.columnar.RecordBatch;
import java.util.List;
import java.util.OptionalLong;

/// Which records some rows came from, and how they are refused: as they were read, so that a replay takes the whole way again,
/// and as a whole, however many rows they became. Valid as long as the rows are.
public final class AsRead {
    private final String label;
    private final RecordBatch batch;
    private final Lineage lineage;
    private final RowText text;

    /// @param label names the input
    /// @param batch the records as the decoder gave them
    AsRead(String label, RecordBatch batch, Lineage lineage, RowText text) {
        this.label = label;
        this.batch = batch;
        this.lineage = lineage;
        this.text = text;
    }

    /// The record that row `row` came from. These numbers never fall from row to row.
    public int record(int row) {
        return lineage.record(row);
    }

    /// The reject of a record that was counted as read.
    public Reject reject(int record, ErrorCode code, String message) {
        RowText.Text raw = text.of(batch, record);
        Places.First place = place(record);
        return new Reject(
                1,
                Reject.Stage.TRANSFORM,
                place.input(),
                place.ordinal(),
                place.line(),
                place.byteOffset(),
                raw.bytes(),
                raw.length(),
                code.id(),
                message,
                List.of(),
                new Reject.Beside(batch.op(record), sourceTimestamp(record), batch.destinationId()));
    }

    private Places.First place(int record) {
        long ordinal = batch.numbering().ordinal(record);
        return batch.places()
                .map(places -> places.of(record, label, ordinal))
                .orElseGet(() -> new Places.First(label, ordinal, OptionalLong.empty(), OptionalLong.empty()));
    }

    private OptionalLong sourceTimestamp(int record) {
        return batch.schema().equals(RawRecords.SCHEMA)
                        && batch.column(RawRecords.TIMESTAMP) instanceof LongColumn times
                        && !times.isNull(record)
                ? OptionalLong.of(times.get(record))
                : OptionalLong.empty();
    }
}
