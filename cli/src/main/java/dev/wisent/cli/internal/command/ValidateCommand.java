package dev.wisent.cli.internal.command;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.Validation;
import dev.wisent.engine.state.SqliteStateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `validate FILE`
final class ValidateCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "validate",
                        "Compares a source with what its targets hold: rows, and a checksum of each column. Nothing is written.",
                        "wisent validate examples/csv-to-ndjson.yml          # exit code 1 names the columns that differ",
                        "wisent validate examples/csv-to-ndjson.yml --json   # one object, for programs")
                .addOption(Options.stateDb()));
    }

    /// What was found of one stream.
    private record Found(String stream, Validation validation) {}

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.load(parsed, shell);
        List<Found> found = new ArrayList<>();
        try (Stream<Pipelines.One> all = Pipelines.pipelines(spec, shell.folder())) {
            all.forEach(one -> found.add(new Found(one.pipeline().stream().name(), validated(one, parsed, shell))));
        }
        if (Options.isJson(parsed)) {
            shell.console().result(json(spec, found).toString());
        } else {
            found.forEach(stream -> text(stream, shell.console()));
        }
        List<String> differing = found.stream()
                .filter(stream -> !stream.validation().isSame())
                .map(ValidateCommand::differing)
                .toList();
        if (differing.isEmpty()) {
            return 0;
        }
        WisentException error = WisentException.of(
                        ErrorCode.VALIDATION_FAILED, "source and target differ: " + String.join("; ", differing))
                .where(spec.file());
        shell.console().tell(error);
        return error.code().fault().exitCode();
    }

    private static Validation validated(Pipelines.One one, ParseResult parsed, Shell shell) {
        PipelineSpec spec = one.spec();
        Pipeline pipeline = one.pipeline();
        try (StateStore store = Pipelines.existingStore(spec, parsed, shell).orElseGet(SqliteStateStore::inMemory);
                Destination destination = PipelineRun.destination(pipeline, store)) {
            return Validation.of(pipeline, destination, shell.connectors().get().formats());
        } finally {
            spec.transforms().forEach(step -> step.transform().close());
            spec.source().source().close();
        }
    }

    private static String differing(Found found) {
        return found.validation().targets().stream()
                .filter(target -> !target.isSame())
                .map(target -> target.target() + " ("
                        + target.differences().stream()
                                .map(Validation.ColumnDifference::column)
                                .collect(Collectors.joining(", "))
                        + ")")
                .collect(Collectors.joining(", ", "stream " + found.stream() + ", target ", ""));
    }

    private static void text(Found found, Console console) {
        for (Validation.TargetResult target : found.validation().targets()) {
            console.result(found.stream() + " to " + target.target() + ": "
                    + Amounts.count(target.sourceRows(), "row") + " in the source, "
                    + Amounts.count(target.targetRows(), "row") + " in the target, "
                    + (target.isSame()
                            ? "the same in " + Amounts.count(target.columns(), "column")
                            : Amounts.count(target.differences().size(), "difference")));
            if (!target.differences().isEmpty()) {
                Table table = new Table("COLUMN", "SOURCE", "TARGET");
                target.differences()
                        .forEach(
                                difference -> table.row(difference.column(), difference.source(), difference.target()));
                table.lines().forEach(console::result);
            }
        }
        if (found.validation().rejects() > 0) {
            console.result("  " + Amounts.count(found.validation().rejects(), "reject")
                    + " of the source, which no target holds");
        }
    }

    private static ObjectNode json(PipelineSpec spec, List<Found> found) {
        ObjectNode node = Json.versioned()
                .put("pipeline", spec.name())
                .put(
                        "same",
                        found.stream().allMatch(stream -> stream.validation().isSame()));
        ArrayNode streams = node.putArray("streams");
        found.forEach(stream -> {
            ObjectNode entry = streams.addObject()
                    .put("stream", stream.stream())
                    .put("rejects", stream.validation().rejects());
            ArrayNode targets = entry.putArray("targets");
            stream.validation().targets().forEach(target -> {
                ObjectNode of = targets.addObject()
                        .put("target", target.target().name())
                        .put("same", target.isSame())
                        .put("source_rows", target.sourceRows())
                        .put("target_rows", target.targetRows())
                        .put("columns", target.columns());
                ArrayNode differences = of.putArray("differences");
                target.differences()
                        .forEach(difference -> differences
                                .addObject()
                                .put("column", difference.column())
                                .put("source", difference.source())
                                .put("target", difference.target()));
            });
        });
        return node;
    }
}
