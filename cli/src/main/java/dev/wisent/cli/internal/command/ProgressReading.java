package dev.wisent.cli.internal.command;

import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/// How far a pipeline's stream is, from where that is kept.
///
/// @param kept who keeps it: the destination; for one that keeps none, the state store
/// @param stored the state store's text, if there is one
record ProgressReading(Optional<ProgressView> view, Kept kept, Optional<String> stored) {
    enum Kept {
        DESTINATION,
        STATE_STORE
    }

    static ProgressReading of(PipelineSpec spec, Optional<StateStore> store) {
        JobKey job = new JobKey(spec.id(), spec.source().settings().stream());
        Optional<String> stored = store.flatMap(s -> s.progress(job));
        return switch (spec.destination().handle()) {
            case DestinationHandle.Transactional t ->
                new ProgressReading(Optional.of(t.destination().progress(job.stream())), Kept.DESTINATION, stored);
            case DestinationHandle.Batches b ->
                new ProgressReading(stored.flatMap(ProgressReading::parse), Kept.STATE_STORE, stored);
        };
    }

    /// A copy is one [ProgressJson] object a line. It is for people: one that can't be read is only not shown.
    private static Optional<ProgressView> parse(String text) {
        ProgressJson.Reader reader = new ProgressJson.Reader();
        ObjectMapper json = new ObjectMapper();
        try {
            text.lines().filter(line -> !line.isBlank()).forEach(line -> reader.accept(json.readTree(line)));
            return Optional.of(reader.finish().view());
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
