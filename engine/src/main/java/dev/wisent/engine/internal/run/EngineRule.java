package dev.wisent.engine.internal.run;

/// Rules of the contract that the engine upholds, always. Only the simulation leaves one out, through
/// [RunServices#without], to show that a history goes wrong without it.
public enum EngineRule {
    /// A cut is made only where every split of the lane stands SAFE.
    CUTS_WHERE_SAFE,
    /// While a cut is due nothing is taken of splits that stand SAFE, and none is opened.
    HOLDS_WHILE_DUE,
    /// An input that failed takes with it what its worker did for the lane since the last cut.
    FAILURE_DROPS_THE_CUT,
    /// A split never moves back (R3).
    FORWARD_ONLY,
    /// Progress that shows less than this run wrote is read again.
    READS_AGAIN,
    /// A finished split is never planned again.
    FINISHED_IS_NOT_PLANNED,
    /// A full refresh that holds a split its plan does not name is begun again.
    DROPS_STRAYS,
    /// A run that was stopped, was capped or has failed publishes nothing.
    PUBLISHES_WHOLE,
    /// Every commit in flight has its answer before a run ends or claims again.
    AWAITS_ANSWERS,
    /// A loader takes nothing of an older extraction.
    OLD_EPOCH_IS_DROPPED,
    /// A loader takes nothing of a destination that is another one, or was before it was emptied.
    OTHER_HISTORY_IS_DROPPED,
    /// A loader takes nothing it took before.
    COVERED_IS_DROPPED,
    /// A loader holds what does not follow yet.
    AHEAD_IS_HELD,
    /// A loader acknowledges a message when the commit that holds it is in.
    QUEUE_ACKNOWLEDGED_AFTER_COMMIT,
    /// Rows a failed input had in the queue already are taken back.
    VOID_IS_TAKEN_BACK,
    /// Only an extraction that said it is complete is published.
    END_CARRIES_THE_OUTCOME,
    /// An extraction acknowledges to its source what the destination shows, not what the queue took.
    EXTRACTION_ACKNOWLEDGES_THE_DESTINATION
}
