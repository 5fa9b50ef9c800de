package dev.wisent.engine.internal.run;

import dev.wisent.engine.internal.task.Host;

/// Pauses between tries: doubling, with full jitter above a half, until the time budget is used up.
final class Backoff {
    private final Host host;
    private final Timing timing;
    private int tries;
    private long began;

    Backoff(Host host, Timing timing) {
        this.host = host;
        this.timing = timing;
    }

    /// Begins anew: the last try went well.
    void reset() {
        tries = 0;
    }

    int tries() {
        return tries;
    }

    boolean isActive() {
        return tries > 0;
    }

    /// Counts a failed try; the time for the next one, or -1 when the budget is used up.
    long nextTry() {
        long now = host.nanos();
        if (tries++ == 0) {
            began = now;
        }
        if (now - began > timing.retryBudget().toNanos()) {
            return -1;
        }
        long pause = timing.retryFirst().toNanos() << Math.min(tries - 1, 20);
        pause = Math.min(Math.max(pause, 2), timing.retryMost().toNanos());
        return now + pause / 2 + host.random(pause / 2 + 1);
    }

    String tried() {
        return tries + " tries within " + timing.retryBudget().toSeconds() + " s";
    }
}
