package dev.wisent.engine.internal.transform;

import dev.wisent.api.transform.Applied;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.Optional;

/// What a built-in transform does to batches of one schema. One thread.
interface ColumnPlan {
    /// The columns it hands on; empty when the rows decide.
    Optional<Schema> output();

    Applied apply(RecordBatch batch);
}
