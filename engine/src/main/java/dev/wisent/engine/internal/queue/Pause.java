package dev.wisent.engine.internal.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Waits between tries of a request to the queue.
public interface Pause {
    /// The tries of one request, the first of which is made now.
    Tries begin();

    /// Those of one request, by one thread.
    interface Tries {
        /// Waits after failure number `failures`, from 1 on; false: there is no time for another try.
        boolean again(int failures);
    }

    /// Waits on the caller's thread, doubling from 50 ms up to 5 s with jitter. What the tries themselves take is part of
    /// `budget`, too: one that a broker does not answer may take longer than any pause.
    static Pause of(Duration budget) {
        return () -> {
            long until = System.nanoTime() + budget.toNanos();
            return failures -> {
                long most = Math.min(50L << Math.min(failures - 1, 10), 5_000);
                long pause = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
                if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) - until >= 0) {
                    return false;
                }
                try {
                    Thread.sleep(pause);
                    return true;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            };
        };
    }
}
