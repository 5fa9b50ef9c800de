package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.state.StateStoreHandle;
import dev.wisent.engine.LabelledTransform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A pipeline file, read and found free of errors.
///
/// @param file as the user named it
/// @param id what progress is stored under
/// @param several that it has several streams, and which; then `source` and `destination` are only asked what they are, and
/// each stream has a spec of its own
/// @param transforms the steps rows go through, in order
/// @param warnings keys that were accepted and mean nothing here (R8)
public record PipelineSpec(
        String file,
        String name,
        String id,
        SourcePart source,
        DestinationPart destination,
        EnginePart engine,
        ErrorPart errors,
        Optional<LogLevel> logLevel,
        List<String> warnings,
        List<LabelledTransform> transforms,
        Optional<AlertingPart> alerting,
        Optional<SeveralStreams> several) {
    public PipelineSpec {
        warnings = List.copyOf(warnings);
        transforms = List.copyOf(transforms);
    }

    /// The same, with `queue` between extraction and loading. For one stream.
    public PipelineSpec over(QueueHandle queue) {
        return new PipelineSpec(
                file,
                name,
                id,
                source,
                destination,
                engine.over(queue),
                errors,
                logLevel,
                warnings,
                transforms,
                alerting,
                several);
    }

    /// The same, but streaming runs end when nothing came for `idle`, in each of its streams.
    public PipelineSpec untilIdle(Duration idle) {
        return new PipelineSpec(
                file,
                name,
                id,
                source,
                destination,
                engine.untilIdle(idle),
                errors,
                logLevel,
                warnings,
                transforms,
                alerting,
                several.map(all -> new SeveralStreams(
                        all.patterns(), stream -> all.each().apply(stream).untilIdle(idle))));
    }

    /// @param maxIterations how many pages a run reads at most; a capped run publishes nothing
    /// @param start whether the run goes on where the last one stopped
    public record SourcePart(
            String connector, SourceSettings settings, Source source, OptionalLong maxIterations, Start start) {}

    /// Where a run begins.
    public enum Start {
        /// Where the last one stopped.
        RESUME,
        /// At the start of the generation: an unfinished one is dropped (`force_ignore_checkpoint`).
        IGNORE_CHECKPOINT,
        /// With everything again, replacing what is there (`reset`).
        RESET
    }

    /// @param routes of `streams:`; by what records name, the target they are for
    public record DestinationPart(
            String connector,
            String alias,
            TargetId target,
            DestinationSettings settings,
            DestinationHandle handle,
            Map<String, TargetId> routes) {}

    /// @param concurrentStreams how many streams run at once, of a pipeline with several
    /// @param untilIdle a streaming run ends when nothing came for this long; zero: only a signal ends it
    /// @param memoryBudget bytes; empty: 40 % of the heap (R10)
    /// @param copyEvery after how many commits the state store's copy of the progress is saved; 0: after claims and
    /// publishes only
    /// @param queue a broker between extraction and loading; empty: none
    /// @param loaders how many processes load, with the runner process
    public record EnginePart(
            Backend backend,
            Runner runner,
            int workers,
            int concurrentStreams,
            String envelopePrefix,
            Duration heartbeat,
            Duration leaseExpiry,
            Duration grace,
            Duration retryBudget,
            Duration untilIdle,
            OptionalLong memoryBudget,
            Optional<Publish> publish,
            long copyEvery,
            Optional<QueueHandle> queue,
            int loaders,
            LogPart logs) {
        private EnginePart over(QueueHandle other) {
            return with(Optional.of(other), untilIdle);
        }

        private EnginePart untilIdle(Duration idle) {
            return with(queue, idle);
        }

        private EnginePart with(Optional<QueueHandle> other, Duration idle) {
            return new EnginePart(
                    backend,
                    runner,
                    workers,
                    concurrentStreams,
                    envelopePrefix,
                    heartbeat,
                    leaseExpiry,
                    grace,
                    retryBudget,
                    idle,
                    memoryBudget,
                    publish,
                    copyEvery,
                    other,
                    loaders,
                    logs);
        }
    }

    /// The logs of runs.
    ///
    /// @param pipeline the name of the pipeline's folder in `folder`
    /// @param keep how many runs have one; 0: none
    /// @param maxBytes for each run
    public record LogPart(Path folder, String pipeline, int keep, long maxBytes) {}

    /// Where leases, run records and copies of progress are kept.
    public sealed interface Backend {
        record Sqlite(Path database) implements Backend {}

        record InMemory() implements Backend {}

        /// One that a family or plug-in brings.
        record Plugged(StateStoreHandle handle) implements Backend {}
    }

    public enum Runner {
        THREAD,
        STREAM,
        PROCESS
    }

    public enum Publish {
        AT_END,
        EACH_COMMIT
    }

    /// @param maxFailures the run stops at this many; 0: never
    public record ErrorPart(OnBadRecord onBadRecord, long maxFailures, Path rejects) {}

    /// Who is told how runs end.
    ///
    /// @param least what matters less is not told
    /// @param webhook a secret
    public record AlertingPart(LogLevel least, URI webhook) {
        @Override
        public String toString() {
            return "AlertingPart[" + least + ", ***]";
        }
    }

    public enum OnBadRecord {
        REJECT,
        SKIP_FILE,
        FAIL
    }
}
