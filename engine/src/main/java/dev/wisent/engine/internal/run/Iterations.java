package dev.wisent.engine.internal.run;

import java.util.concurrent.atomic.AtomicLong;

/// `max_iterations`, counted out among the fetchers: each reserves a chunk before it asks for one, so that never more
/// than the limit are fetched, and all of them are with their workers before the run is told to stop. Any thread.
final class Iterations {
    private final long most;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();

    Iterations(long most) {
        this.most = most;
    }

    static Iterations unlimited() {
        return new Iterations(Long.MAX_VALUE);
    }

    boolean reserve() {
        if (reserved.incrementAndGet() <= most) {
            return true;
        }
        release();
        return false;
    }

    /// What was reserved did not become a chunk, or the chunk was given up.
    void release() {
        reserved.decrementAndGet();
    }

    void delivered() {
        delivered.incrementAndGet();
    }

    boolean areUsedUp() {
        return delivered.get() >= most;
    }
}
