package dev.wisent.columnar;

import java.util.ArrayDeque;
import java.util.Deque;

/// Batches that one decoder left and the next one of the same stream fills: what their columns grew to need not grow again for
/// each input. Holds no more batches than decoders were at work at the same time. Any thread.
public final class BatchPool {
    private final Deque<RecordBatch> left = new ArrayDeque<>();

    /// An empty batch of this schema, which is the caller's until it gives it back.
    public synchronized RecordBatch take(Schema schema) {
        left.removeIf(batch -> !batch.schema().equals(schema));
        return left.isEmpty() ? RecordBatch.of(schema) : left.pop();
    }

    /// Nobody uses `batch` any more.
    public synchronized void give(RecordBatch batch) {
        batch.clear();
        left.push(batch);
    }
}
