package dev.wisent.api.transform;

import dev.wisent.columnar.RecordBatch;

/// A transform at work in one worker: one thread, batches of any schemas one after the other. A stream's schema may grow
/// between batches.
public interface TransformStep extends AutoCloseable {
    /// What the rows of `batch` become. The answer may share columns with `batch`, and both are valid until the next call.
    ///
    /// A row the step can't process is in [Applied#refused]; a step that can't work on such rows at all (a column that is
    /// not there) throws a [dev.wisent.api.error.WisentException], which ends the run. Numbering, operations and routing are
    /// none of its business: the engine takes them along by [Applied#origins].
    Applied apply(RecordBatch batch);

    @Override
    default void close() {}
}
