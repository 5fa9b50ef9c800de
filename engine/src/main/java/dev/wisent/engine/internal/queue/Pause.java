package dev.wisent.engine.internal.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Waits between tries of a request to the queue.
public interface Pause {
    /// Waits after failure number `failures`, from 1 on; false: there is no time for another try.
    boolean again(int failures);

    /// Waits on the caller's thread, doubling from 50 ms up to 5 s with jitter, `budget` in all.
    static Pause of(Duration budget) {
        return failures -> {
            long pause = Math.min(50L << Math.min(failures - 1, 10), 5_000);
            // The sum of all pauses so far is about twice the last one, while they double.
            if (pause * Math.max(2, failures - 6) > budget.toMillis()) {
                return false;
            }
            try {
                Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
