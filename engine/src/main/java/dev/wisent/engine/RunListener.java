package dev.wisent.engine;

import dev.wisent.api.StreamId;
import java.time.Duration;

/// Told how far a run is, from the engine's clock thread, a few times a second.
public interface RunListener {
    /// Nobody listens.
    RunListener NONE = (stream, progress) -> {};

    void progress(StreamId stream, Snapshot progress);

    /// Something people should know while the run goes on.
    default void warning(StreamId stream, String text) {}

    /// Rows and bytes read so far (ahead of what is committed), rejects, commits.
    record Snapshot(long rows, long bytes, long rejects, long commits, Duration elapsed) {}
}
