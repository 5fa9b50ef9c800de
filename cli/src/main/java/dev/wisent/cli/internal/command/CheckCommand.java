package dev.wisent.cli.internal.command;

import dev.wisent.api.SyncMode;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Traits;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.Guarantee;
import dev.wisent.engine.LabelledTransform;
import dev.wisent.engine.Outlook;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.WriteMode;
import dev.wisent.engine.state.SqliteStateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `check FILE`
final class CheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "check",
                        "Proves that a pipeline can run: configuration, source, stream, destination, state store; and says what it guarantees.",
                        "wisent check examples/quickstart.yml",
                        "wisent check examples/quickstart.yml --env-file prod.env   # with other variables",
                        "wisent check examples/quickstart.yml --json                # one object, for programs")
                .addOption(Options.stateDb()));
    }

    /// @param warning that belongs to it; the detail says it, too
    private record Step(String name, String detail, Optional<String> warning, Optional<WisentException> error) {
        String result() {
            return error.isPresent() ? "failed" : warning.isPresent() ? "warning" : "ok";
        }
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.load(parsed, shell);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("configuration", spec.file(), Optional.empty(), Optional.empty()));
        if (spec.several().isPresent()) {
            several(spec, parsed, shell, steps);
        } else {
            one(spec, parsed, shell, steps);
        }
        Optional<WisentException> failed =
                steps.stream().flatMap(step -> step.error().stream()).findFirst();
        if (Options.isJson(parsed)) {
            shell.console().result(json(spec, steps).toString());
        } else {
            Table table = new Table("CHECK", "RESULT", "");
            steps.forEach(step -> table.row(step.name(), step.result(), step.detail()));
            table.lines().forEach(shell.console()::result);
            if (failed.isEmpty()) {
                shell.console().result("next: " + runs(spec.file()));
            }
        }
        steps.forEach(step -> step.error().ifPresent(error -> shell.console().tell(error)));
        return failed.map(error -> error.code().fault().exitCode()).orElse(0);
    }

    /// The command that runs `file`.
    static String runs(String file) {
        return "wisent run " + (file.matches("[A-Za-z0-9._/-]+") ? file : "'" + file + "'");
    }

    /// One line for each stream.
    private static void several(PipelineSpec spec, ParseResult parsed, Shell shell, List<Step> steps) {
        try (Stream<Pipelines.One> all = Pipelines.pipelines(spec, shell.folder())) {
            all.forEach(one ->
                    steps.add(told(shell, one.pipeline().stream().name(), () -> allOf(one.spec(), one.pipeline()))));
        } catch (RuntimeException failure) {
            steps.add(step(shell, "streams", () -> {
                throw failure;
            }));
        }
        steps.add(step(shell, "state store", () -> stateStore(spec, parsed, shell)));
        steps.add(step(
                shell,
                "rejects",
                () -> Places.writable(shell.folder().resolve(spec.errors().rejects()))));
    }

    private static Told allOf(PipelineSpec spec, Pipeline pipeline) {
        try (StateStore nothing = SqliteStateStore.inMemory();
                Destination destination = PipelineRun.destination(pipeline, nothing)) {
            spec.source().source().check();
            SyncMode mode = PipelineRun.mode(pipeline);
            PipelineRun.checkTransforms(pipeline);
            WriteMode writing = WriteMode.of(pipeline, destination.capabilities());
            String told = String.join(
                    "; ",
                    StreamListCommand.text(mode),
                    destination(spec, destination, Optional.of(pipeline))
                            + PipelineRun.checkQueue(pipeline, destination)
                                    .map(queue -> "; " + queue)
                                    .orElse(""),
                    text(writing),
                    text(guarantee(pipeline, destination)));
            return LateRows.of(pipeline, writing).map(late -> late.behind(told)).orElseGet(() -> Told.of(told));
        } finally {
            spec.transforms().forEach(step -> step.transform().close());
            spec.source().source().close();
        }
    }

    private static void one(PipelineSpec spec, ParseResult parsed, Shell shell, List<Step> steps) {
        Pipeline pipeline = EngineInput.of(spec, shell.folder());
        try (StateStore nothing = SqliteStateStore.inMemory();
                Destination destination = PipelineRun.destination(pipeline, nothing)) {
            steps.add(step(shell, "source", () -> source(spec)));
            if (steps.getLast().error().isEmpty()) {
                steps.add(step(shell, "stream", () -> stream(pipeline)));
            }
            if (!pipeline.transforms().isEmpty() && steps.getLast().error().isEmpty()) {
                steps.add(step(shell, "transforms", () -> transforms(pipeline)));
            }
            Optional<Pipeline> readable = Optional.of(pipeline)
                    .filter(all -> steps.stream().allMatch(step -> step.error().isEmpty()));
            steps.add(step(shell, "destination", () -> destination(spec, destination, readable)));
            if (pipeline.engine().queue().isPresent() && steps.getLast().error().isEmpty()) {
                steps.add(step(shell, "queue", () -> queue(pipeline, destination)));
            }
            if (steps.stream().allMatch(step -> step.error().isEmpty())) {
                steps.add(step(shell, "traits", () -> traits(pipeline)));
                steps.add(step(shell, "write mode", () -> text(WriteMode.of(pipeline, destination.capabilities()))));
                steps.add(step(shell, "guarantee", () -> text(guarantee(pipeline, destination))));
                lateRows(shell, pipeline, destination).ifPresent(steps::add);
            }
            steps.add(step(shell, "state store", () -> stateStore(spec, parsed, shell)));
            steps.add(step(shell, "rejects", () -> Places.writable(pipeline.rejects())));
        } finally {
            spec.transforms().forEach(step -> step.transform().close());
            spec.source().source().close();
        }
    }

    /// Empty: there is nothing to say of them.
    private static Optional<Step> lateRows(Shell shell, Pipeline pipeline, Destination destination) {
        Supplier<Optional<Told>> look = () -> LateRows.of(pipeline, WriteMode.of(pipeline, destination.capabilities()));
        Step step = told(shell, "late rows", () -> look.get().orElse(Told.NOTHING));
        return step.detail().isEmpty() ? Optional.empty() : Optional.of(step);
    }

    private static Step step(Shell shell, String name, Supplier<String> work) {
        return told(shell, name, () -> Told.of(work.get()));
    }

    private static Step told(Shell shell, String name, Supplier<Told> work) {
        try {
            Told told = work.get();
            return new Step(
                    name,
                    shell.console().masked(told.detail()),
                    told.warning().map(shell.console()::masked),
                    Optional.empty());
        } catch (RuntimeException failure) {
            WisentException error = shell.console().masked(ErrorText.known(failure));
            return new Step(name, error.code().id() + " " + error.what(), Optional.empty(), Optional.of(error));
        }
    }

    private static String source(PipelineSpec spec) {
        spec.source().source().check();
        return spec.source().connector();
    }

    private static String stream(Pipeline pipeline) {
        SyncMode mode = PipelineRun.mode(pipeline);
        return pipeline.stream() + ", " + StreamListCommand.text(mode);
    }

    private static String transforms(Pipeline pipeline) {
        String labels =
                pipeline.transforms().stream().map(LabelledTransform::label).collect(Collectors.joining(", "));
        return PipelineRun.checkTransforms(pipeline)
                .map(schema -> labels + ": " + columns(schema))
                .orElse(labels + ": the columns show when rows come");
    }

    private static String columns(Schema schema) {
        return schema.fields().stream()
                .map(field -> field.name() + " " + field.type().text())
                .collect(Collectors.joining(", "));
    }

    /// @param readable with a source that can be read: its columns must find room
    private static String destination(PipelineSpec spec, Destination destination, Optional<Pipeline> readable) {
        destination.check();
        readable.ifPresent(pipeline -> Outlook.checkTables(pipeline, destination));
        return spec.destination().connector() + ", " + destination.location(spec.source().settings().stream());
    }

    private static String queue(Pipeline pipeline, Destination destination) {
        return PipelineRun.checkQueue(pipeline, destination).orElse("");
    }

    private static Guarantee guarantee(Pipeline pipeline, Destination destination) {
        return Guarantee.of(pipeline.source().traits(pipeline.stream()), destination.capabilities());
    }

    static String text(Guarantee guarantee) {
        return word(guarantee.kind()) + ": " + guarantee.why();
    }

    static String text(WriteMode writing) {
        return switch (writing.mode()) {
            case APPEND -> "append: " + writing.why();
            case MERGE -> "merge by " + String.join(", ", writing.primaryKey()) + ": " + writing.why();
        };
    }

    static ObjectNode json(WriteMode writing) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("mode", word(writing.mode()))
                .put("why", writing.why());
        node.set("primary_key", Json.array(writing.primaryKey()));
        return node;
    }

    private static String traits(Pipeline pipeline) {
        Traits traits = pipeline.source().traits(pipeline.stream());
        return "replay " + word(traits.replay()) + ", " + word(traits.shape()) + ", publish "
                + word(WriteMode.publish(pipeline));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Opened and written if it is there; else it must be one that can be made.
    private static String stateStore(PipelineSpec spec, ParseResult parsed, Shell shell) {
        String name = Pipelines.storeName(spec, parsed, shell);
        Optional<StateStore> there = Pipelines.existingStore(spec, parsed, shell);
        if (there.isPresent()) {
            try (StateStore store = there.get()) {
                int runs = store.runs(Optional.of(spec.id()), 1).size();
                return name + (runs == 0 ? ", no run of this pipeline yet" : "");
            }
        }
        return name;
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
        List<String> warnings = new ArrayList<>(spec.warnings());
        steps.forEach(step -> step.warning().ifPresent(warnings::add));
        node.set("warnings", Json.array(warnings));
        return node;
    }
}
