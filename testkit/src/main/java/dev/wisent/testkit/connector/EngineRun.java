package dev.wisent.testkit.connector;

import dev.wisent.api.StreamId;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.Source;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunListener;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A source and a destination moved by the engine itself, in this process, as `wisent run` does: with workers, budget,
/// commits and dead letters. The state store is in memory, so what a next run goes on from is in the destination.
public final class EngineRun {
    private EngineRun() {}

    /// Runs once, to the end. The run closes the source; a failure is in the outcome.
    ///
    /// @param keys of the destination
    /// @param rejects the folder dead letters go to
    public static RunOutcome of(
            Source source, DestinationFactory destination, Map<String, ?> keys, Path rejects, EngineSettings engine) {
        DestinationSettings settings = Configured.settings(new ByteArrayOutputStream());
        StreamId stream = source.streams().getFirst().id();
        Pipeline pipeline = new Pipeline(
                settings.pipelineId(),
                settings.pipelineId(),
                stream,
                source,
                Configured.handle(destination, settings, keys),
                settings.defaultTarget(),
                settings,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Pipeline.OnBadRecord.REJECT,
                0,
                rejects,
                engine);
        try (SqliteStateStore store = SqliteStateStore.inMemory()) {
            return new PipelineRun(pipeline, store, RunListener.NONE).run();
        }
    }
}
