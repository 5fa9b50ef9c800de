package dev.wisent.connectors.core.dummy;

import dev.wisent.api.Position;
import dev.wisent.api.Stand;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import java.util.List;
import java.util.Optional;

/// Puts a page's records into a batch.
final class DummyDecoder implements Decoder {
    /// The `number`-th page, from 1.
    record Page(long number, List<String> records) {}

    private final RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
    private final Optional<String> firstPageTarget;

    DummyDecoder(Optional<String> firstPageTarget) {
        this.firstPageTarget = firstPageTarget;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Page page, long bytes))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        batch.clear();
        for (String json : page.records()) {
            ((BytesColumn) batch.column(RawRecords.DATA)).append(json);
            batch.column(RawRecords.TIMESTAMP).appendNull();
            batch.endRow();
        }
        batch.number(new Numbering.Within(page.number(), 0));
        batch.routeTo(page.number() == 1 ? firstPageTarget : Optional.empty());
        out.rows(batch, Stand.safe(Position.at(page.number())));
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
