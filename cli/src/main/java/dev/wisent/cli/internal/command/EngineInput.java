package dev.wisent.cli.internal.command;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Traits;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.EnginePart;
import dev.wisent.cli.internal.config.SeveralStreams;
import dev.wisent.engine.AskedStreams;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A pipeline file as the engine takes it.
final class EngineInput {
    private EngineInput() {}

    /// The streams of a pipeline; which there are is asked now if the file only has patterns for them.
    ///
    /// @param folder what relative paths start from
    static PipelineStreams streams(PipelineSpec spec, Path folder) {
        if (spec.several().isEmpty()) {
            return PipelineStreams.one(of(spec, folder));
        }
        AskedStreams known = new AskedStreams(spec.source().source());
        SeveralStreams several = spec.several().get();
        List<StreamId> names = several.names(known::all);
        EnginePart engine = spec.engine();
        boolean endless = spec.source().settings().syncMode().equals(Optional.of(SyncMode.STREAM))
                && engine.untilIdle().isZero();
        if (endless && names.size() > engine.concurrentStreams()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            names.size() + " streams are read without end, and only " + engine.concurrentStreams()
                                    + " at once: the others would never begin")
                    .where(spec.file())
                    .hint("raise engine.max_concurrent_streams, or set engine.until_idle");
        }
        return new PipelineStreams(
                spec.id(),
                spec.name(),
                names,
                engine.concurrentStreams(),
                settings(engine),
                stream -> of(several.each().apply(stream), folder, known));
    }

    /// The pipeline of one stream.
    ///
    /// @param folder what relative paths start from
    static Pipeline of(PipelineSpec spec, Path folder) {
        return of(spec, folder, new AskedStreams(spec.source().source()));
    }

    /// The same, of several streams.
    ///
    /// @param known the streams of the source, which all of them have in common
    static Pipeline of(PipelineSpec spec, Path folder, AskedStreams known) {
        return new Pipeline(
                spec.id(),
                spec.name(),
                spec.source().settings().stream(),
                known.over(spec.source().source(), spec.source().settings().stream()),
                spec.destination().handle(),
                spec.destination().target(),
                spec.destination().settings(),
                spec.source().settings().syncMode(),
                spec.engine().publish().map(publish -> Traits.Publish.valueOf(publish.name())),
                switch (spec.source().start()) {
                    case RESUME -> Pipeline.Start.RESUME;
                    case IGNORE_CHECKPOINT -> Pipeline.Start.ANEW;
                    case RESET -> Pipeline.Start.RESET;
                },
                spec.source().maxIterations(),
                Pipeline.OnBadRecord.valueOf(spec.errors().onBadRecord().name()),
                spec.errors().maxFailures(),
                folder.resolve(spec.errors().rejects()),
                settings(spec.engine()),
                spec.transforms(),
                spec.destination().routes());
    }

    private static EngineSettings settings(EnginePart engine) {
        return new EngineSettings(
                EngineSettings.Runner.valueOf(engine.runner().name()),
                engine.workers(),
                EngineSettings.DEFAULT_OPEN_SPLITS,
                engine.envelopePrefix(),
                engine.heartbeat(),
                engine.leaseExpiry(),
                engine.grace(),
                engine.retryBudget(),
                engine.untilIdle(),
                engine.memoryBudget(),
                engine.copyEvery(),
                engine.queue());
    }
}
