package dev.wisent.connectors.mysql.read;

import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import java.util.Arrays;
import java.util.OptionalLong;

/// Hands out the rows that the reader put into columns.
final class RowDecoder implements Decoder {
    private static final int MOST_RAW = 64 << 10;

    private final String where;
    private long rows;

    /// @param rows how many lie before the first chunk
    RowDecoder(String where, long rows) {
        this.where = where;
        this.rows = rows;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Pieces pieces, long bytes))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        Stand end = chunk.stand().orElseThrow();
        int last = pieces.all().size() - 1;
        for (int i = 0; i <= last; i++) {
            Pieces.Piece piece = pieces.all().get(i);
            RecordBatch batch = piece.rows();
            if (batch.rows() > 0) {
                int count = batch.rows();
                boolean isEnd = i == last && piece.then().isEmpty();
                out.rows(batch.number(new Numbering.Counting(rows + 1)), isEnd ? end : Stand.notHere(end.position()));
                rows += count;
            }
            piece.then().ifPresent(bad -> {
                rows++;
                out.reject(reject(bad));
            });
        }
    }

    private Reject reject(Pieces.Bad bad) {
        byte[] raw = bad.raw();
        return new Reject(
                1,
                Reject.Stage.TYPE,
                where,
                rows,
                OptionalLong.empty(),
                OptionalLong.empty(),
                raw.length > MOST_RAW ? Arrays.copyOf(raw, MOST_RAW) : raw,
                raw.length,
                ErrorCode.TYPE_MISMATCH.id(),
                bad.message());
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
