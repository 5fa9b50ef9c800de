package dev.wisent.connectors.mysql.read;

import dev.wisent.columnar.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of a chunk, with those between them that can't be taken. Filled by the reader, then handed to the decoder.
final class Pieces {
    /// A row that can't be taken.
    ///
    /// @param raw its columns as an object of JSON
    record Bad(byte[] raw, String message) {}

    /// @param then what stands behind `rows`
    record Piece(RecordBatch rows, Optional<Bad> then) {}

    private final List<Piece> all = new ArrayList<>();
    private long bytes;
    private long rows;

    void add(RecordBatch batch, Optional<Bad> then) {
        all.add(new Piece(batch, then));
        bytes += batch.bytes() + then.map(bad -> (long) bad.raw().length).orElse(0L);
        rows += batch.rows() + (then.isPresent() ? 1 : 0);
    }

    List<Piece> all() {
        return all;
    }

    long bytes() {
        return bytes;
    }

    long rows() {
        return rows;
    }
}
