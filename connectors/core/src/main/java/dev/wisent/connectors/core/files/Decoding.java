package dev.wisent.connectors.core.files;

import dev.wisent.columnar.BatchPool;
import java.util.concurrent.atomic.AtomicInteger;

/// What the decoders of a source share: how many are at work, and batches. Any thread.
final class Decoding {
    private final int cores;
    private final AtomicInteger files = new AtomicInteger();
    private final BatchPool batches = new BatchPool();

    Decoding(int cores) {
        this.cores = cores;
    }

    void begin() {
        files.incrementAndGet();
    }

    void end() {
        files.decrementAndGet();
    }

    BatchPool batches() {
        return batches;
    }

    /// Whether there are more cores than files.
    boolean leavesCoresIdle() {
        return files.get() < cores;
    }
}
