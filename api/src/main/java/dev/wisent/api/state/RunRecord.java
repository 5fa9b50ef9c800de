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
    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        INTERRUPTED
    }
}
