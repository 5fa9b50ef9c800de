package dev.wisent.cli.internal.command;

import dev.wisent.api.SyncMode;
import dev.wisent.api.destination.Capabilities.Guarantee;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits.Replay;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.cli.internal.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `check FILE`
final class CheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        this,
                        "check",
                        "Proves that a pipeline can run: configuration, source, stream, destination; and says what it guarantees.")
                .addPositional(Options.pipelineFile())
                .addOption(Options.envFile())
                .addOption(Options.logLevel())
                .addOption(Options.json());
    }

    private record Step(String name, String detail, Optional<WisentException> error) {}

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.load(parsed, shell);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("configuration", spec.file(), Optional.empty()));
        try {
            steps.add(step("source", () -> source(spec)));
            if (steps.getLast().error().isEmpty()) {
                steps.add(step("stream", () -> stream(spec)));
            }
            steps.add(step("destination", () -> destination(spec)));
            if (steps.stream().allMatch(step -> step.error().isEmpty())) {
                steps.add(step("guarantee", () -> guarantee(spec)));
            }
        } finally {
            Pipelines.close(spec);
        }
        Optional<WisentException> failed =
                steps.stream().flatMap(step -> step.error().stream()).findFirst();
        if (Options.isJson(parsed)) {
            shell.console().result(json(spec, steps).toString());
        } else {
            Table table = new Table("CHECK", "RESULT", "");
            steps.forEach(step -> table.row(step.name(), step.error().isEmpty() ? "ok" : "failed", step.detail()));
            table.lines().forEach(shell.console()::result);
        }
        steps.forEach(step -> step.error()
                .ifPresent(error -> shell.console()
                        .talk(ErrorText.lines(error, shell.console().mode()))));
        return failed.map(error -> error.code().fault().exitCode()).orElse(0);
    }

    private static Step step(String name, Supplier<String> work) {
        try {
            return new Step(name, work.get(), Optional.empty());
        } catch (RuntimeException failure) {
            WisentException error = ErrorText.known(failure);
            return new Step(name, error.code().id() + " " + error.what(), Optional.of(error));
        }
    }

    private static String source(PipelineSpec spec) {
        spec.source().source().check();
        return spec.source().connector();
    }

    private static String stream(PipelineSpec spec) {
        StreamInfo info = streamInfo(spec);
        SyncMode mode = spec.source().settings().syncMode().orElse(info.defaultMode());
        if (!info.modes().contains(mode)) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "stream '" + info.id() + "' can't be read with sync_mode " + StreamListCommand.text(mode))
                    .hint("it can be read with "
                            + String.join(
                                    ", ",
                                    info.modes().stream()
                                            .sorted()
                                            .map(StreamListCommand::text)
                                            .toList()));
        }
        return info.id() + ", " + StreamListCommand.text(mode);
    }

    private static StreamInfo streamInfo(PipelineSpec spec) {
        Source source = spec.source().source();
        List<StreamInfo> streams = source.streams();
        return streams.stream()
                .filter(info -> info.id().equals(spec.source().settings().stream()))
                .findFirst()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.UNKNOWN_STREAM,
                                "the source has no stream '" + spec.source().settings().stream() + "'")
                        .hint("it has: "
                                + String.join(
                                        ", ",
                                        streams.stream()
                                                .map(info -> info.id().name())
                                                .toList())));
    }

    private static String destination(PipelineSpec spec) {
        switch (spec.destination().handle()) {
            case DestinationHandle.Transactional t -> t.destination().check();
            case DestinationHandle.Batches b -> b.destination().check();
        }
        return spec.destination().connector() + ", " + location(spec);
    }

    private static String location(PipelineSpec spec) {
        return switch (spec.destination().handle()) {
            case DestinationHandle.Transactional t -> t.destination().location(spec.source().settings().stream());
            case DestinationHandle.Batches b -> b.destination().location();
        };
    }

    private static String guarantee(PipelineSpec spec) {
        if (!(spec.destination().handle() instanceof DestinationHandle.Transactional(var destination))
                || destination.capabilities().guarantee() == Guarantee.AT_LEAST_ONCE) {
            return "at least once: the destination keeps no progress, so after a crash the rows since the last commit come again";
        }
        Replay replay =
                spec.source().source().traits(spec.source().settings().stream()).replay();
        return replay == Replay.REDELIVERY
                ? "at least once: the source has no positions, what it delivers again is written again"
                : "exactly once: rows and the position they were read up to are committed together";
    }

    private static ObjectNode json(PipelineSpec spec, List<Step> steps) {
        ObjectNode node = Json.versioned()
                .put("pipeline", spec.name())
                .put("ok", steps.stream().allMatch(step -> step.error().isEmpty()));
        ArrayNode checks = node.putArray("checks");
        steps.forEach(step -> {
            ObjectNode entry = checks.addObject()
                    .put("name", step.name())
                    .put("ok", step.error().isEmpty())
                    .put("detail", step.detail());
            step.error().ifPresent(error -> entry.set("error", ErrorText.json(error)));
        });
        node.set("warnings", Json.array(spec.warnings()));
        return node;
    }
}
