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
    AWAITS_ANSWERS
}
