package dev.wisent.cli.internal.command;

import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.source.Lag;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.Outlook;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunSummary;
import dev.wisent.engine.state.SqliteStateStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `plan FILE`
final class PlanCommand implements Command {
    /// More are counted, not listed; `--json` lists all.
    private static final int SPLITS_SHOWN = 20;

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "plan",
                        "What a run would do: splits, rows, schema changes, statements on tables, what is resumed, the guarantee and why. Nothing is done.",
                        "wisent plan examples/csv-to-ndjson.yml",
                        "wisent plan examples/quickstart.yml --json   # all splits, for programs")
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.load(parsed, shell);
        if (spec.several().isEmpty()) {
            Planned planned = planned(new Pipelines.One(spec, EngineInput.of(spec, shell.folder())), parsed, shell);
            if (Options.isJson(parsed)) {
                shell.console()
                        .result(json(Json.versioned(), planned, shell.console()).toString());
            } else {
                text(planned, shell.console());
            }
            return 0;
        }
        ObjectNode node = Json.versioned().put("pipeline", spec.name());
        ArrayNode streams = node.putArray("streams");
        try (Stream<Pipelines.One> all = Pipelines.pipelines(spec, shell.folder())) {
            all.forEach(one -> {
                Planned planned = planned(one, parsed, shell);
                if (Options.isJson(parsed)) {
                    streams.add(json(Json.object(), planned, shell.console()));
                } else {
                    text(planned, shell.console());
                    shell.console().result("");
                }
            });
        }
        if (Options.isJson(parsed)) {
            shell.console().result(node.toString());
        }
        return 0;
    }

    private record Planned(PipelineSpec spec, Outlook outlook, String location) {}

    private static Planned planned(Pipelines.One one, ParseResult parsed, Shell shell) {
        PipelineSpec spec = one.spec();
        Pipeline pipeline = one.pipeline();
        try (StateStore store = Pipelines.existingStore(spec, parsed, shell).orElseGet(SqliteStateStore::inMemory);
                Destination destination = PipelineRun.destination(pipeline, store)) {
            return new Planned(spec, Outlook.of(pipeline, destination), destination.location(pipeline.stream()));
        } finally {
            spec.source().source().close();
        }
    }

    private static void text(Planned planned, Console console) {
        PipelineSpec spec = planned.spec();
        Outlook outlook = planned.outlook();
        String location = planned.location();
        console.result("pipeline   " + spec.name() + ": " + spec.source().connector() + " to "
                + spec.destination().connector() + (location.isEmpty() ? "" : ", " + location));
        console.result(
                "stream     " + spec.source().settings().stream() + ", " + StreamListCommand.text(outlook.mode()));
        console.result("publish    " + publish(outlook));
        console.result("write mode " + CheckCommand.text(outlook.writing()));
        console.result("guarantee  " + CheckCommand.text(outlook.guarantee()));
        outlook.open().ifPresent(open -> console.result("open       " + text(open)));
        schema(outlook, console);
        outlook.changes().forEach(change -> changes(change, console));
        if (!outlook.changes().isEmpty()) {
            outlook.planned().ifPresent(schema -> computed(schema).forEach(console::result));
        }
        splits(outlook, console);
        lag(outlook, console);
        outlook.warnings().forEach(warning -> console.talk(LogLevel.WARNING, "warning: " + warning));
    }

    private static String publish(Outlook outlook) {
        return outlook.hidden()
                .map(kind -> kind == Generation.Kind.REPLACE
                        ? "at the end, all at once, in place of what is there"
                        : "at the end, all at once, beside what is there")
                .orElse("each commit, beside what is there");
    }

    private static String text(Outlook.Open open) {
        GenerationView content = open.generation().content();
        long finished = content.splits().values().stream()
                .filter(split -> split.finished())
                .count();
        return "generation " + content.id().number() + " of an earlier run, "
                + Amounts.count(content.counts().written(), "row") + ", "
                + finished + " of " + Amounts.count(content.splits().size(), "split") + " finished: "
                + switch (open.fate()) {
                    case RESUMED -> "goes on there";
                    case OUTDATED -> "dropped and begun anew, for options, target or schema have changed";
                    case OTHER_KIND -> "dropped, for this run writes another way";
                };
    }

    private static void schema(Outlook outlook, Console console) {
        if (outlook.planned().isEmpty()) {
            console.result("schema     none: records are JSON, written in the envelope");
            return;
        }
        List<SchemaChanges.Change> changes =
                SchemaChanges.between(outlook.stored(), outlook.planned().get());
        String columns = Amounts.count(outlook.planned().get().size(), "column");
        if (outlook.stored().isEmpty()) {
            console.result("schema     " + columns + ", nothing is stored yet");
        } else if (changes.isEmpty()) {
            console.result("schema     " + columns + ", as stored");
        } else {
            console.result("schema     " + columns + ", " + Amounts.count(changes.size(), "change"));
            changes.forEach(change -> console.result("  " + change.text()));
        }
    }

    private static void changes(Outlook.TableChange change, Console console) {
        console.result("table      " + change.target() + ": "
                + (change.statements().isEmpty()
                        ? "stays as it is"
                        : Amounts.count(change.statements().size(), "statement")));
        change.statements().forEach(statement -> console.result("  " + console.masked(statement)));
    }

    private static List<String> computed(Schema schema) {
        return schema.fields().stream()
                .filter(field -> !field.notes().computed().isEmpty())
                .map(field -> "  the default of '" + field.name() + "', "
                        + field.notes().computed() + ", is an expression: tables get none")
                .toList();
    }

    private static void splits(Outlook outlook, Console console) {
        List<Outlook.Planned> splits = outlook.splits();
        if (splits.isEmpty()) {
            console.result("splits     none: there is nothing new to read");
            return;
        }
        long finished = count(splits, Outlook.Stage.FINISHED);
        long begun = count(splits, Outlook.Stage.BEGUN);
        console.result("splits     " + Amounts.count(splits.size()) + ": " + Amounts.count(finished) + " finished, "
                + Amounts.count(begun) + " begun, " + Amounts.count(count(splits, Outlook.Stage.NEW)) + " new"
                + bytesLeft(splits).stream()
                        .mapToObj(bytes -> ", " + Amounts.bytes(bytes) + " to read")
                        .findFirst()
                        .orElse("")
                + outlook.rows().stream()
                        .mapToObj(rows -> ", about " + Amounts.count(rows, "row") + " in all")
                        .findFirst()
                        .orElse(""));
        console.result("");
        Table table = new Table("SPLIT", "SIZE", "STATE");
        splits.stream()
                .limit(SPLITS_SHOWN)
                .forEach(planned -> table.row(
                        planned.split().label(),
                        planned.split().bytes().isPresent()
                                ? Amounts.bytes(planned.split().bytes().getAsLong())
                                : "-",
                        state(planned)));
        table.lines().forEach(console::result);
        if (splits.size() > SPLITS_SHOWN) {
            console.result("and " + Amounts.count(splits.size() - SPLITS_SHOWN) + " more (--json lists all)");
        }
    }

    private static void lag(Outlook outlook, Console console) {
        if (outlook.lag().isEmpty()) {
            return;
        }
        long behind = outlook.lag().stream().mapToLong(Lag::behind).sum();
        console.result("");
        console.result("lag        " + Amounts.count(behind));
        Table table = new Table("PART", "COMMITTED", "END", "BEHIND");
        outlook.lag().stream()
                .limit(SPLITS_SHOWN)
                .forEach(part -> table.row(
                        part.part(),
                        Amounts.count(part.position()),
                        Amounts.count(part.end()),
                        Amounts.count(part.behind())));
        table.lines().forEach(console::result);
        if (outlook.lag().size() > SPLITS_SHOWN) {
            console.result("and " + Amounts.count(outlook.lag().size() - SPLITS_SHOWN) + " more (--json lists all)");
        }
    }

    private static String state(Outlook.Planned planned) {
        return switch (planned.stage()) {
            case NEW -> "new";
            case BEGUN -> "begun, goes on after " + Amounts.count(planned.from().ordinal());
            case FINISHED -> "finished";
        };
    }

    private static long count(List<Outlook.Planned> splits, Outlook.Stage stage) {
        return splits.stream().filter(planned -> planned.stage() == stage).count();
    }

    /// Of those that are not finished; empty when one does not know its size.
    private static OptionalLong bytesLeft(List<Outlook.Planned> splits) {
        long bytes = 0;
        for (Outlook.Planned planned : splits) {
            if (planned.stage() != Outlook.Stage.FINISHED) {
                if (planned.split().bytes().isEmpty()) {
                    return OptionalLong.empty();
                }
                bytes += planned.split().bytes().getAsLong();
            }
        }
        return OptionalLong.of(bytes);
    }

    private static ObjectNode json(ObjectNode node, Planned whole, Console console) {
        PipelineSpec spec = whole.spec();
        Outlook outlook = whole.outlook();
        node.put("pipeline", spec.name())
                .put("stream", spec.source().settings().stream().name())
                .put("sync_mode", StreamListCommand.text(outlook.mode()))
                .put("publish", outlook.hidden().isPresent() ? "at_end" : "each_commit")
                .put("location", whole.location());
        node.set("write_mode", CheckCommand.json(outlook.writing()));
        node.putObject("guarantee")
                .put("kind", outlook.guarantee().kind().name().toLowerCase(Locale.ROOT))
                .put("why", outlook.guarantee().why());
        outlook.open()
                .ifPresent(open -> node.putObject("open")
                        .put("generation", open.generation().generation().id().number())
                        .put(
                                "kind",
                                open.generation().generation().kind().name().toLowerCase(Locale.ROOT))
                        .put("written", open.generation().content().counts().written())
                        .put("fate", open.fate().name().toLowerCase(Locale.ROOT)));
        outlook.planned().ifPresent(schema -> {
            node.set("columns", Columns.json(schema, console));
            ArrayNode changes = node.putArray("schema_changes");
            SchemaChanges.between(outlook.stored(), schema).forEach(change -> changes.add(change.json()));
        });
        ArrayNode tables = node.putArray("tables");
        outlook.changes()
                .forEach(change -> tables.addObject()
                        .put("target", change.target().name())
                        .set(
                                "statements",
                                Json.array(change.statements().stream()
                                        .map(console::masked)
                                        .toList())));
        outlook.rows().ifPresent(rows -> node.put("estimated_rows", rows));
        ArrayNode splits = node.putArray("splits");
        outlook.splits().forEach(planned -> {
            ObjectNode entry = splits.addObject()
                    .put("split", planned.split().id().value())
                    .put("label", planned.split().label())
                    .put("state", planned.stage().name().toLowerCase(Locale.ROOT))
                    .put("after", planned.from().ordinal());
            Optional.of(planned.split().bytes())
                    .filter(OptionalLong::isPresent)
                    .ifPresent(bytes -> entry.put("bytes", bytes.getAsLong()));
        });
        RunSummary.lag(outlook.lag(), node);
        node.set("warnings", Json.array(outlook.warnings()));
        return node;
    }
}
