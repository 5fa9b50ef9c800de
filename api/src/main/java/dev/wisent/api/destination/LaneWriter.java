package dev.wisent.api.destination;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.Schema;

/// Writes the rows of one worker's splits of one lane; that worker's thread alone calls it. It starts no threads: I/O
/// goes through
/// [WriteRequest#shipping].
public interface LaneWriter extends AutoCloseable {
    /// The writer for `target`; asked again when the schema has changed.
    Writer target(TargetId target, Schema schema);

    /// Bytes written to it and held in memory since the last flush: what `buffer_size` limits.
    long heldBytes();

    /// A cut: everything written since the last one becomes fragments, of one session where they are of kind SESSION. Returns
    /// at once; the committer waits for them
    /// (R12). The next row of a
    /// session writer needs its next session.
    Flushing flush();

    /// Throws away what was written since the last cut.
    void drop();

    /// After the last flush, or to give everything up.
    @Override
    void close();
}
