package dev.wisent.engine.internal.task;

import java.time.Duration;
import java.time.Instant;

/// Where tasks live: their threads, their clock, their chance.
public interface Host {
    /// What a task spends its time on, which decides the thread it gets.
    enum Work {
        /// Waits for I/O: a virtual thread.
        FETCH,
        /// Computes: a platform thread.
        COMPUTE,
        /// Commits and decides: calls clients that may be native, so a platform thread.
        COMMIT
    }

    /// Gives the task turns until it is done.
    void start(Task task, Work work);

    /// A clock that only goes forward; its origin means nothing.
    long nanos();

    Instant now();

    /// A number in `0 ≤ x < bound`, for jitter.
    long random(long bound);

    /// How long a reader may wait in one poll.
    Duration pollWait();
}
