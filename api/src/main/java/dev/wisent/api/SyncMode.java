package dev.wisent.api;

/// What a run of a stream means.
public enum SyncMode {
    /// Everything, into a hidden generation that replaces the target when it is complete.
    FULL_REFRESH,
    /// What came since the last run.
    INCREMENTAL,
    /// Without end, every commit visible.
    STREAM
}
