package dev.wisent.cli.internal.command;

import dev.wisent.api.state.RunRecord;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.engine.RunHistory;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// `runs show RUN`
final class RunsShowCommand implements Command {
    private static final String LATEST = "last";
    /// More than anybody keeps.
    private static final int ALL = Integer.MAX_VALUE;

    private static final List<String> COUNTS = List.of(
            "read",
            "added",
            "written",
            "rejected",
            "filtered",
            "deduplicated",
            "commits",
            "resumed",
            "bytes_read",
            "bytes_written");

    @Override
    public CommandSpec spec() {
        return Stores.choosing(Options.command(
                        this,
                        "show",
                        "Everything that is kept about one run: counts, times, and the error with what to do.",
                        "wisent runs show last                               # the newest run of the working folder",
                        "wisent runs show 20261121T082324-436db3247e         # also its first letters, if no other run has them",
                        "wisent runs show last --backend-from pipeline.yml   # in the state store that a pipeline names",
                        "wisent runs show last --json | jq .summary.streams")
                .addPositional(
                        Options.positional("RUN", "A run's id as 'wisent runs' lists it, its beginning, or 'last'.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String wanted = Options.positional(parsed);
        List<RunRecord> all = Stores.look(
                Optional.empty(),
                parsed,
                shell,
                List.of(),
                (store, _) -> new RunHistory(store).last(Optional.empty(), wanted.equals(LATEST) ? 1 : ALL));
        RunRecord run = chosen(wanted, all);
        if (Options.isJson(parsed)) {
            shell.console().result(json(run).toString());
        } else {
            text(run, shell.console());
        }
        return 0;
    }

    private static RunRecord chosen(String wanted, List<RunRecord> all) {
        List<RunRecord> fitting = all.stream()
                .filter(run -> wanted.equals(LATEST) || run.run().value().startsWith(wanted))
                .toList();
        Optional<RunRecord> exact =
                fitting.stream().filter(run -> run.run().value().equals(wanted)).findFirst();
        if (exact.isEmpty() && fitting.size() != 1) {
            throw CommandTree.usage(
                            fitting.isEmpty()
                                    ? "the state store knows no run '" + wanted + "'"
                                    : fitting.size() + " runs begin with '" + wanted + "'")
                    .hint("'wisent runs' lists them; for another state store: --backend-from FILE")
                    .next("wisent runs");
        }
        return exact.orElseGet(fitting::getFirst);
    }

    private static void text(RunRecord run, Console console) {
        JsonNode summary = new ObjectMapper().readTree(run.summary());
        console.result("run           " + run.run());
        console.result("pipeline      " + run.pipeline() + ", id " + run.pipelineId());
        console.result("status        " + RunsCommand.status(run));
        console.result("started       " + run.started().truncatedTo(ChronoUnit.MILLIS));
        run.ended()
                .ifPresent(end -> console.result("ended         " + end.truncatedTo(ChronoUnit.MILLIS) + ", after "
                        + Amounts.seconds(RunsCommand.seconds(run.started(), end))));
        boolean several = summary.path("streams").size() > 1;
        for (JsonNode stream : summary.path("streams")) {
            console.result("stream        " + stream.path("stream").stringValue("") + ", "
                    + Amounts.seconds(stream.path("seconds").doubleValue(0))
                    + (several ? ", " + stream.path("status").stringValue("") : ""));
            if (several && stream.has("error")) {
                console.result("  %-14s%s %s"
                        .formatted(
                                "error",
                                stream.path("error").path("code").stringValue(""),
                                stream.path("error").path("message").stringValue("")));
            }
            COUNTS.forEach(count -> console.result("  %-14s%s"
                    .formatted(count, Amounts.count(stream.path(count).longValue(0)))));
            JsonNode latency = stream.path("latency_ms");
            console.result("  %-14s%.1f ms (half of the rows), %.1f ms (99 %%)"
                    .formatted(
                            "latency",
                            latency.path("p50").doubleValue(0),
                            latency.path("p99").doubleValue(0)));
            stream.path("warnings").forEach(warning -> console.result("  warning: " + warning.stringValue("")));
        }
        error(run, summary).forEach(console::result);
    }

    private static List<String> error(RunRecord run, JsonNode summary) {
        List<String> lines = new ArrayList<>();
        run.errorCode().ifPresent(code -> {
            lines.add("error         " + code + " " + run.errorMessage().orElse(""));
            for (String part : List.of("where", "tried", "hint", "next")) {
                String text = summary.path("error").path(part).stringValue("");
                if (!text.isBlank()) {
                    lines.add("  %-14s%s".formatted(part, text.replace("\n", "\n" + " ".repeat(16))));
                }
            }
        });
        return lines;
    }

    private static ObjectNode json(RunRecord run) {
        ObjectNode node = Json.versioned();
        node.setAll(RunsCommand.json(run));
        node.set("summary", new ObjectMapper().readTree(run.summary()));
        return node;
    }
}
