package dev.wisent.api.destination;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;

/// The small way to write a destination: take batches. At least once: after a crash the rows since the last commit
/// come
/// again.
public interface BatchDestination extends AutoCloseable {
    void check();

    /// Writes the rows for good before it returns. Called by one thread at a time.
    void write(TargetId target, RecordBatch batch);

    /// A full refresh is complete.
    void publish();

    String location();

    @Override
    void close();
}
