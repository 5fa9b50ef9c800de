package dev.wisent.api.destination;

import dev.wisent.columnar.RecordBatch;

/// Writes batches of one target.
public interface Writer {
    /// The batch is valid during the call only.
    void write(RecordBatch batch);
}
