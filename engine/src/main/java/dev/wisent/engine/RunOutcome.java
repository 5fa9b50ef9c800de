package dev.wisent.engine;

import dev.wisent.api.Counts;
import dev.wisent.api.RunId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Lag;
import dev.wisent.api.state.RunRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// How a run ended.
public record RunOutcome(
        RunId run, RunRecord.Status status, List<StreamOutcome> streams, Optional<WisentException> error) {
    /// The same without secrets in errors and warnings.
    public RunOutcome masked(UnaryOperator<WisentException> as, UnaryOperator<String> text) {
        return new RunOutcome(
                run,
                status,
                streams.stream().map(stream -> stream.masked(as, text)).toList(),
                error.map(as));
    }

    /// @param status of this stream
    /// @param counts what this run committed; they add up, or the run has failed
    /// @param resumed rows an earlier run had committed into the generation this one went on with
    /// @param latencyP50 ms from source time to commit
    /// @param statistics what the commits amount to, in words of source and destination
    /// @param lag how far what is committed is behind the source, part by part, where the source knows
    /// @param error why it failed
    /// @param location where the rows are, for people
    public record StreamOutcome(
            StreamId stream,
            RunRecord.Status status,
            Counts counts,
            long commits,
            long resumed,
            double seconds,
            double latencyP50,
            double latencyP99,
            Statistics statistics,
            List<Lag> lag,
            String location,
            List<String> warnings,
            Optional<WisentException> error) {
        private StreamOutcome masked(UnaryOperator<WisentException> as, UnaryOperator<String> text) {
            return new StreamOutcome(
                    stream,
                    status,
                    counts,
                    commits,
                    resumed,
                    seconds,
                    latencyP50,
                    latencyP99,
                    statistics,
                    lag,
                    location,
                    warnings.stream().map(text).toList(),
                    error.map(as));
        }
    }
}
