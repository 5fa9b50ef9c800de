package dev.wisent.connectors.mysql.read;

import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/// What a decoder makes of one chunk, as JSON objects.
final class Rows implements BatchSink {
    private final List<String> rows = new ArrayList<>();

    private Rows() {}

    static List<String> of(Decoder decoder, Fetched.Chunk chunk) {
        Rows rows = new Rows();
        decoder.decode(chunk, rows);
        chunk.payload().release();
        return rows.rows;
    }

    @Override
    public void rows(RecordBatch batch, Stand upTo) {
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(batch.schema()).encode(batch, 0, batch.rows(), out);
        out.toString().lines().forEach(rows::add);
    }

    @Override
    public void reject(Reject reject) {
        throw new AssertionError(reject.message());
    }

    @Override
    public void discarded(long values) {}
}
