package dev.wisent.cli.internal.command;

import dev.wisent.api.state.RunRecord;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.engine.RunHistory;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `runs [FILE]`
final class RunsCommand implements Command {
    private static final int DEFAULT_LAST = 20;
    private static final int MOST_LAST = 1_000_000;
    /// As the summary of a run calls them.
    private static final String WRITTEN = "written";

    private static final String REJECTED = "rejected";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Stores.choosing(Options.command(
                        this,
                        "runs",
                        "The last runs: of the pipeline in FILE, or of all in a state store.",
                        "wisent runs                              # all pipelines of the working folder",
                        "wisent runs examples/quickstart.yml --last 5",
                        "wisent runs --backend-from pipeline.yml  # all pipelines in the store that one names",
                        "wisent runs show last                    # everything about the newest one")
                .addPositional(Options.optionalFile("The pipeline file; all pipelines without it."))
                .addOption(Options.value(Options.LAST, "N", "How many; 20 without it.")));
        CommandSpec show = new RunsShowCommand().spec();
        return spec.addSubcommand(show.name(), show);
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        int last = Options.text(parsed, Options.LAST)
                .map(text -> Options.number(Options.LAST, text, MOST_LAST))
                .orElse(DEFAULT_LAST);
        List<RunRecord> runs = Stores.look(
                Stores.file(parsed),
                parsed,
                shell,
                List.of(),
                (store, spec) -> new RunHistory(store).last(spec.map(PipelineSpec::id), last));
        if (Options.isJson(parsed)) {
            shell.console().result(json(runs).toString());
        } else if (runs.isEmpty()) {
            shell.console().talk("No runs yet.");
        } else {
            table(runs).lines().forEach(shell.console()::result);
        }
        return 0;
    }

    private static Table table(List<RunRecord> runs) {
        Table table = new Table("RUN", "PIPELINE", "STATUS", "STARTED", "TOOK", "ROWS", "REJECTS", "ERROR");
        runs.forEach(run -> table.row(
                run.run().value(),
                run.pipeline(),
                status(run),
                run.started().truncatedTo(ChronoUnit.SECONDS).toString(),
                run.ended()
                        .map(end -> Amounts.seconds(seconds(run.started(), end)))
                        .orElse("-"),
                counted(run, WRITTEN),
                counted(run, REJECTED),
                run.errorCode()
                        .map(code -> code + " " + run.errorMessage().orElse(""))
                        .orElse("")));
        return table;
    }

    private static String counted(RunRecord run, String count) {
        OptionalLong sum = sum(run, count);
        return sum.isPresent() ? Amounts.count(sum.getAsLong()) : "-";
    }

    /// Of all streams; empty while nothing is known.
    private static OptionalLong sum(RunRecord run, String count) {
        JsonNode streams = JsonMapper.shared().readTree(run.summary()).path("streams");
        long sum = 0;
        for (JsonNode stream : streams) {
            sum += stream.path(count).longValue(0);
        }
        return streams.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    private static ObjectNode json(List<RunRecord> runs) {
        ObjectNode node = Json.versioned();
        ArrayNode list = node.putArray("runs");
        runs.forEach(run -> list.add(json(run)));
        return node;
    }

    static ObjectNode json(RunRecord run) {
        ObjectNode entry = Json.object()
                .put("run_id", run.run().value())
                .put("pipeline", run.pipeline())
                .put("pipeline_id", run.pipelineId())
                .put("status", status(run))
                .put("started", run.started().toString());
        run.ended().ifPresent(end -> entry.put("ended", end.toString()).put("seconds", seconds(run.started(), end)));
        for (String count : List.of(WRITTEN, REJECTED)) {
            sum(run, count).ifPresent(rows -> entry.put(count, rows));
        }
        run.errorCode()
                .ifPresent(code -> entry.putObject("error")
                        .put("code", code)
                        .put("message", run.errorMessage().orElse("")));
        return entry;
    }

    static String status(RunRecord run) {
        return run.status().name().toLowerCase(Locale.ROOT);
    }

    static double seconds(java.time.Instant from, java.time.Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
