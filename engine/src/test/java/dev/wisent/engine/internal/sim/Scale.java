package dev.wisent.engine.internal.sim;

import java.time.Duration;

/// How large a history is.
///
/// @param stepsOfALife how many times a scenario's typical steps a life that is cut short may have
/// @param mostSteps a history that takes more does not end
/// @param mostRowsUncut see [Judge]
/// @param keepsCopies whether progress is copied into the state store, which costs time with every split
/// @param looksAtAll whether all visible rows are looked at after each step that may have changed them
record Scale(
        int stepsOfALife,
        long mostSteps,
        Duration commitInterval,
        long mostRowsUncut,
        boolean keepsCopies,
        boolean looksAtAll) {
    static final Scale USUAL = new Scale(1, 1_000_000, Duration.ofMillis(20), Judge.MOST_ROWS_UNCUT, true, true);

    /// Many splits: commits are as much larger.
    static final Scale LARGE = new Scale(2_000, 50_000_000, Duration.ofSeconds(2), Long.MAX_VALUE, false, false);
}
