package dev.wisent.cli.internal.command;

import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.lake.LakeTable;
import dev.wisent.cli.internal.config.PipelineSpec;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/// The table that the pipeline of a command writes.
final class LakeTables {
    private LakeTables() {}

    /// Opens it for as long as `use` takes.
    static <R> R with(ParseResult parsed, Shell shell, Function<LakeTable, R> use) {
        PipelineSpec spec = Pipelines.one(parsed, shell);
        try {
            return use.apply(table(spec)
                    .orElseThrow(() -> WisentException.of(
                                    ErrorCode.NOT_SUPPORTED,
                                    "destination '" + spec.destination().connector() + "' writes no table of a lake")
                            .where(spec.file())
                            .tried("opening the destination's table")
                            .hint("name a pipeline whose destination is 'delta'")));
        } finally {
            Pipelines.close(spec);
        }
    }

    private static Optional<LakeTable> table(PipelineSpec spec) {
        return switch (spec.destination().handle()) {
            case DestinationHandle.Transactional(var destination) ->
                destination.lakeTable(spec.source().settings().stream());
            case DestinationHandle.Batches b -> Optional.empty();
        };
    }
}
