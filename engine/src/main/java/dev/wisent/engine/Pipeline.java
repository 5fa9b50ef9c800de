package dev.wisent.engine;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Traits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What to move, from where to where, and how. Progress is stored under `id`. The run owns source, destination and
/// transforms and closes them.
///
/// @param mode empty: the stream's own default
/// @param publish empty: the stream's own default
/// @param start what becomes of what an earlier run left
/// @param maxIterations a run that fetched so many chunks stops and publishes nothing
/// @param maxFailures the run stops at this many rejects; 0: never
/// @param rejects the folder dead letters go to
/// @param transforms the steps rows go through, in order; the run closes them
/// @param routes by what records name as where they belong, the target they are for; what is not here is itself a target's name
public record Pipeline(
        String id,
        String name,
        StreamId stream,
        Source source,
        DestinationHandle destination,
        TargetId target,
        DestinationSettings destinationSettings,
        Optional<SyncMode> mode,
        Optional<Traits.Publish> publish,
        Start start,
        OptionalLong maxIterations,
        OnBadRecord onBadRecord,
        long maxFailures,
        Path rejects,
        EngineSettings engine,
        List<LabelledTransform> transforms,
        Map<String, TargetId> routes) {
    public Pipeline {
        routes = Map.copyOf(routes);
        transforms = List.copyOf(transforms);
    }

    /// A pipeline whose rows are written as they are read, from where the last run stopped.
    public Pipeline(
            String id,
            String name,
            StreamId stream,
            Source source,
            DestinationHandle destination,
            TargetId target,
            DestinationSettings destinationSettings,
            Optional<SyncMode> mode,
            Optional<Traits.Publish> publish,
            OptionalLong maxIterations,
            OnBadRecord onBadRecord,
            long maxFailures,
            Path rejects,
            EngineSettings engine) {
        this(
                id,
                name,
                stream,
                source,
                destination,
                target,
                destinationSettings,
                mode,
                publish,
                Start.RESUME,
                maxIterations,
                onBadRecord,
                maxFailures,
                rejects,
                engine,
                List.of(),
                Map.of());
    }

    /// Where a run begins.
    public enum Start {
        /// Where the last one stopped.
        RESUME,
        /// An unpublished generation is dropped and begun anew. Refused where rows are visible with each commit.
        ANEW,
        /// Everything is read again and replaces what is there: a reset at each run. Only for incremental reading; a full
        /// refresh does so anyway, a streaming run refuses.
        RESET
    }

    /// The same, but run otherwise.
    Pipeline with(EngineSettings other) {
        return new Pipeline(
                id,
                name,
                stream,
                source,
                destination,
                target,
                destinationSettings,
                mode,
                publish,
                start,
                maxIterations,
                onBadRecord,
                maxFailures,
                rejects,
                other,
                transforms,
                routes);
    }

    /// The same with other records, as many as there are, bad ones kept aside.
    public Pipeline with(Source other, SyncMode otherMode, Traits.Publish otherPublish) {
        return new Pipeline(
                id,
                name,
                stream,
                other,
                destination,
                target,
                destinationSettings,
                Optional.of(otherMode),
                Optional.of(otherPublish),
                Start.RESUME,
                OptionalLong.empty(),
                OnBadRecord.REJECT,
                0,
                rejects,
                engine.over(Optional.empty()),
                transforms,
                routes);
    }

    /// What one bad record does.
    public enum OnBadRecord {
        REJECT,
        SKIP_FILE,
        FAIL
    }
}
