package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.WisentException;
import java.util.List;
import java.util.Optional;

/// How a run of a stream ended, and what it committed.
///
/// @param statistics what the commits amount to, in words of source and destination
/// @param resumed rows an earlier run had committed into the generation this one went on with
public record StreamResult(
        StreamId stream,
        Status status,
        Counts counts,
        long commits,
        long resumed,
        double seconds,
        double latencyP50,
        double latencyP99,
        Statistics statistics,
        List<String> warnings,
        Optional<WisentException> error) {
    public enum Status {
        SUCCEEDED,
        FAILED,
        INTERRUPTED
    }
}
