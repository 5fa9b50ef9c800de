package dev.wisent.api.state;

import dev.wisent.api.RunId;
import java.time.Instant;
import java.util.Optional;

/// One run, for people and for `wisent runs`.
///
/// @param summary the object `run --json` prints, as text
public record RunRecord(
        RunId run,
        String pipelineId,
        String pipeline,
        Status status,
        Instant started,
        Optional<Instant> ended,
        Optional<String> errorCode,
        Optional<String> errorMessage,
        String summary) {
    /// The same run in another state.
    public RunRecord as(Status other) {
        return new RunRecord(run, pipelineId, pipeline, other, started, ended, errorCode, errorMessage, summary);
    }

    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        INTERRUPTED,
        /// Never stored: what a record that says [#RUNNING] is shown as when nobody holds the run's lease any more. Its
        /// process was killed, or its machine is gone.
        LOST
    }
}
