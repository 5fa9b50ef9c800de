package dev.wisent.engine;

import dev.wisent.api.Counts;
import dev.wisent.api.RunId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.RunRecord;
import dev.wisent.engine.RunOutcome.StreamOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a run of several streams ended.
///
/// @param streams all of them
/// @param ended the outcomes of those that began
record StreamsEnd(List<StreamId> streams, Map<StreamId, RunOutcome> ended) {
    /// More failures are counted, not listed; the record of the run has all.
    private static final int FAILURES_SHOWN = 20;

    RunOutcome outcome(RunId run) {
        List<StreamOutcome> outcomes = new ArrayList<>();
        for (StreamId stream : streams) {
            outcomes.add(Optional.ofNullable(ended.get(stream))
                    .map(outcome -> of(stream, outcome))
                    .orElseGet(() -> notBegun(stream)));
        }
        List<StreamOutcome> failed = outcomes.stream()
                .filter(outcome -> outcome.status() == RunRecord.Status.FAILED)
                .toList();
        if (!failed.isEmpty()) {
            return new RunOutcome(run, RunRecord.Status.FAILED, outcomes, Optional.of(error(failed)));
        }
        boolean whole = outcomes.stream().allMatch(outcome -> outcome.status() == RunRecord.Status.SUCCEEDED);
        return new RunOutcome(
                run, whole ? RunRecord.Status.SUCCEEDED : RunRecord.Status.INTERRUPTED, outcomes, Optional.empty());
    }

    private static StreamOutcome of(StreamId stream, RunOutcome outcome) {
        return outcome.streams().isEmpty()
                ? nothing(stream, outcome.status(), List.of(), outcome.error())
                : outcome.streams().getFirst();
    }

    private static StreamOutcome notBegun(StreamId stream) {
        return nothing(
                stream,
                RunRecord.Status.INTERRUPTED,
                List.of("it did not begin: the run was stopped before"),
                Optional.empty());
    }

    private static StreamOutcome nothing(
            StreamId stream, RunRecord.Status status, List<String> warnings, Optional<WisentException> error) {
        return new StreamOutcome(
                stream, status, Counts.NONE, 0, 0, 0, 0, 0, Statistics.NONE, List.of(), "", warnings, error);
    }

    private WisentException error(List<StreamOutcome> failed) {
        String names = failed.stream()
                .limit(FAILURES_SHOWN)
                .map(outcome -> outcome.stream().name())
                .collect(Collectors.joining(", "));
        String more = failed.size() > FAILURES_SHOWN ? " and " + (failed.size() - FAILURES_SHOWN) + " more" : "";
        String where = failed.stream()
                .limit(FAILURES_SHOWN)
                .map(outcome -> "stream " + outcome.stream() + ": "
                        + outcome.error()
                                .map(error -> error.code().id() + " " + error.what())
                                .orElse(""))
                .collect(Collectors.joining("\n"));
        return WisentException.of(
                        ErrorCode.STREAMS_FAILED,
                        failed.size() + " of " + streams.size() + " streams failed: " + names + more)
                .where(where);
    }
}
