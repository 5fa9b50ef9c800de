package dev.wisent.storage;

import dev.wisent.api.storage.StorageFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Tries again what may help, with growing pauses, until a time is used up. For blocking callers: it sleeps.
///
/// @param budget from the first attempt to the beginning of the last one
/// @param firstPause about how long to wait after the first failure; then twice as long each time
/// @param longestPause the most to wait
record Retries(Duration budget, Duration firstPause, Duration longestPause) {
    private static final int MOST_DOUBLINGS = 20;

    static Retries within(Duration budget) {
        return new Retries(budget, Duration.ofMillis(100), Duration.ofSeconds(15));
    }

    /// What `attempt` answers. Its failure if another attempt would not help, there is no time for one, or the thread is
    /// interrupted (which stays so).
    <T> T call(Supplier<T> attempt) {
        Budget left = begin();
        while (true) {
            try {
                return attempt.get();
            } catch (StorageFailure failed) {
                left.pauseAfter(failed);
            }
        }
    }

    void run(Runnable attempt) {
        call(() -> {
            attempt.run();
            return true;
        });
    }

    Budget begin() {
        return new Budget(this);
    }

    /// The time one call has. For one thread.
    static final class Budget {
        private final Retries retries;
        private final long start = System.nanoTime();
        private int attempts;

        private Budget(Retries retries) {
            this.retries = retries;
        }

        /// Waits for the next attempt, or throws `failed`.
        void pauseAfter(StorageFailure failed) {
            attempts++;
            Duration spent = Duration.ofNanos(System.nanoTime() - start);
            Duration pause = retries.pause(attempts);
            boolean mayHelp = failed.kind() == StorageFailure.Kind.UNAVAILABLE;
            if (!mayHelp || Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            if (spent.plus(pause).compareTo(retries.budget) > 0) {
                throw failed.tried(attempts + " times within " + retries.budget.toSeconds() + " s");
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed;
            }
        }
    }

    /// Half of it by chance, so that callers who failed together don't come back together.
    private Duration pause(int attempts) {
        Duration grown = firstPause.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        long millis = Math.min(grown.toMillis(), longestPause.toMillis());
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
