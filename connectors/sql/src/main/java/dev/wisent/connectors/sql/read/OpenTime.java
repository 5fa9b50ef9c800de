package dev.wisent.connectors.sql.read;

import dev.wisent.api.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// How long the longest transaction was open that read rows. Any thread.
public final class OpenTime {
    /// What a source may do to a server without a word: it cleans up nothing that changed since a transaction began.
    private static final Duration SHORT = Duration.ofSeconds(15);

    private final AtomicLong longest = new AtomicLong();

    /// A transaction was open for so long.
    public void took(long nanos) {
        longest.accumulateAndGet(nanos, Math::max);
    }

    /// `longest_transaction_ms`: up to now.
    public Statistics statistics() {
        return Statistics.of(
                Statistics.LONGEST + "transaction_ms",
                Duration.ofNanos(longest.get()).toMillis());
    }

    /// What people should know of it: nothing, if all were short.
    public List<String> warnings() {
        Duration time = Duration.ofNanos(longest.get());
        return time.compareTo(SHORT) <= 0
                ? List.of()
                : List.of("the longest transaction was open for " + time.toSeconds() + " s");
    }
}
