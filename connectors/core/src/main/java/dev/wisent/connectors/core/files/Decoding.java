package dev.wisent.connectors.core.files;

import java.util.concurrent.atomic.AtomicInteger;

/// How many files of a source are being decoded. Any thread.
final class Decoding {
    private final int cores;
    private final AtomicInteger files = new AtomicInteger();

    Decoding(int cores) {
        this.cores = cores;
    }

    void begin() {
        files.incrementAndGet();
    }

    void end() {
        files.decrementAndGet();
    }

    /// Whether there are more cores than files.
    boolean leavesCoresIdle() {
        return files.get() < cores;
    }
}
