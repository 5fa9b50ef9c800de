package dev.wisent.engine;

import dev.wisent.api.StreamId;
import dev.wisent.api.source.Lag;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// Told how far a run is, a few times a second: from the engine's clock thread, or from one thread for each of the streams
/// that run at once.
public interface RunListener {
    /// Nobody listens.
    RunListener NONE = (stream, progress) -> {};

    void progress(StreamId stream, Snapshot progress);

    /// Something people should know while the run goes on.
    default void warning(StreamId stream, String text) {}

    /// Nothing more is told of that stream's progress.
    default void ended(StreamId stream) {}

    /// Rows and bytes read so far (ahead of what is committed), rejects, commits.
    ///
    /// @param expectedBytes how many there are to read, where the plan knows
    /// @param lag how far what is committed is behind the source, part by part, where the source knows
    /// @param latencyP50 ms from source time to commit, of what is committed; 0: nothing is
    record Snapshot(
            long rows,
            long bytes,
            long rejects,
            long commits,
            Duration elapsed,
            OptionalLong expectedBytes,
            List<Lag> lag,
            double latencyP50,
            double latencyP99) {
        public Snapshot {
            lag = List.copyOf(lag);
        }
    }
}
