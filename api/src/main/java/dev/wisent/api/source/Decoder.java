package dev.wisent.api.source;

/// Turns one split's chunks into batches, in order; stateful, one thread. A failure: as in [SplitReader#poll].
public interface Decoder extends AutoCloseable {
    void decode(Fetched.Chunk chunk, BatchSink out);

    /// The split has ended: the last record without newline, trailers, checksums.
    void end(BatchSink out);

    @Override
    void close();
}
