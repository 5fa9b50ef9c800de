package dev.wisent.engine.internal.run;

import java.util.concurrent.atomic.AtomicLong;

/// What a run has done so far, for people who watch it: read at any time from any thread, and ahead of what is
/// committed.
public final class Tally {
    final AtomicLong rows = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong rejects = new AtomicLong();
    final AtomicLong commits = new AtomicLong();
    final AtomicLong lastActivity = new AtomicLong();
    final AtomicLong commitIds = new AtomicLong();
    final Iterations iterations;

    Tally(long maxIterations) {
        this.iterations = new Iterations(maxIterations);
    }

    public long rows() {
        return rows.get();
    }

    public long bytes() {
        return bytes.get();
    }

    public long rejects() {
        return rejects.get();
    }

    public long commits() {
        return commits.get();
    }
}
