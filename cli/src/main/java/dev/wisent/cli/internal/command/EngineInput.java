package dev.wisent.cli.internal.command;

import dev.wisent.api.source.Traits;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.EnginePart;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import java.nio.file.Path;

/// A pipeline file as the engine takes it.
final class EngineInput {
    private EngineInput() {}

    /// @param folder what relative paths start from
    static Pipeline of(PipelineSpec spec, Path folder) {
        return new Pipeline(
                spec.id(),
                spec.name(),
                spec.source().settings().stream(),
                spec.source().source(),
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
                engine.copyEvery());
    }
}
