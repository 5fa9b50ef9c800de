package dev.wisent.engine.internal.run;

import java.time.Duration;

/// Every wait of a run, so that tests can shorten them all.
///
/// @param commitInterval how often what was read becomes a commit
/// @param flushTimeout the longest a row stays in a writer
/// @param commitLinger how long a commit waits for the cuts of workers that can't cut yet
/// @param grace how long a stop reads on to a safe stand
/// @param retryBudget how long a transient failure is tried again
/// @param retryFirst the first pause between tries; it doubles, with jitter, up to `retryMost`
/// @param untilIdle a streaming run ends when nothing came for this long; zero: it runs until it is stopped
public record Timing(
        Duration commitInterval,
        Duration flushTimeout,
        Duration commitLinger,
        Duration grace,
        Duration retryBudget,
        Duration retryFirst,
        Duration retryMost,
        Duration untilIdle) {}
