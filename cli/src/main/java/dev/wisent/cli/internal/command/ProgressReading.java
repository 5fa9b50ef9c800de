package dev.wisent.cli.internal.command;

import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.state.SqliteStateStore;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// How far a pipeline's stream is, from where that is kept.
///
/// @param stored the state store's copy, if there is one
record ProgressReading(ProgressView view, Kept kept, Optional<String> stored) {
    /// Who keeps it.
    enum Kept {
        DESTINATION,
        /// For a destination that keeps none.
        STATE_STORE
    }

    /// Reads, and closes the pipeline's source and destination.
    static ProgressReading of(PipelineSpec spec, ParseResult parsed, Shell shell) {
        JobKey job = new JobKey(spec.id(), spec.source().settings().stream());
        Kept kept = spec.destination().handle() instanceof DestinationHandle.Transactional
                ? Kept.DESTINATION
                : Kept.STATE_STORE;
        try (StateStore store = Pipelines.existingStore(spec, parsed, shell).orElseGet(SqliteStateStore::inMemory);
                Destination destination = PipelineRun.destination(EngineInput.of(spec, shell.folder()), store)) {
            return new ProgressReading(destination.progress(job.stream()), kept, store.progress(job));
        } finally {
            spec.source().source().close();
        }
    }
}
