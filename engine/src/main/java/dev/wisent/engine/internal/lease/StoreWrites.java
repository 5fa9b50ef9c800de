package dev.wisent.engine.internal.lease;

import dev.wisent.api.error.WisentException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Writes to the state store in the course of a run. What they keep is for people and for other runs, never the truth
/// (R5); so while the store can't be written for a passing reason, like a stopped process that keeps it locked, the run
/// goes on and says so. Other failures are thrown. Any thread.
public final class StoreWrites {
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Consumer<String> warn;

    public StoreWrites(Consumer<String> warn) {
        this.warn = warn;
    }

    /// Tells people.
    public void warn(String text) {
        warn.accept(text);
    }

    /// A write the run can do without.
    ///
    /// @param without what it means that it is missing
    public void attempt(Runnable write, String without) {
        try {
            write.run();
        } catch (WisentException e) {
            tell(e, without);
        }
    }

    /// A write that is worth waiting for, at most so long.
    public void insist(Runnable write, Duration budget, String without) {
        long end = System.nanoTime() + budget.toNanos();
        boolean told = false;
        while (true) {
            try {
                write.run();
                return;
            } catch (WisentException e) {
                if (!told || System.nanoTime() >= end) {
                    tell(e, System.nanoTime() < end ? "tried again for " + budget.toSeconds() + " s" : without);
                    told = true;
                }
                if (System.nanoTime() >= end) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void tell(WisentException failure, String without) {
        if (!failure.isTransient()) {
            throw failure;
        }
        warn.accept(failure.what() + ": " + without + " (" + failure.hint() + ")");
    }
}
