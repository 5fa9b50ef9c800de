package dev.wisent.cli.internal.command;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.LogPart;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.log.LogFolder;
import dev.wisent.cli.internal.log.LogReader;
import dev.wisent.cli.internal.log.LogText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/// `logs [PIPELINE]`
final class LogsCommand implements Command {
    private static final String RUN = "--run";
    private static final String FOLLOW = "--follow";
    private static final String LINES = "-n";
    private static final String LEVEL = "--level";
    private static final int MOST_LINES = 100_000_000;
    private static final Path LOGS = Path.of(".wisent/logs");
    private static final long POLL_MILLIS = 100;
    private static final String ABANDONED = "The log ends here: the process of this run is gone, and said no more.";

    /// @param least what matters less is not shown
    private record Shown(LogLevel least, OptionalInt last, Form form) {}

    private enum Form {
        TEXT,
        JSON
    }

    @Override
    public CommandSpec spec() {
        return Options.telling(
                Options.command(
                                this,
                                "logs",
                                "What a run said, also of one that goes on or was killed: of the last run, or of any that still has its log.",
                                "wisent logs                              # the last run of the working folder",
                                "wisent logs examples/quickstart.yml      # the last run of that pipeline",
                                "wisent logs -f                           # goes on until the run ends",
                                "wisent logs --run 20261121T0823 --level warning",
                                "wisent logs --json | jq .event           # each event as it is kept")
                        .addPositional(PositionalParamSpec.builder()
                                .index("0")
                                .paramLabel("PIPELINE")
                                .type(String.class)
                                .arity("0..1")
                                .description(
                                        "A pipeline's file, or its id; all pipelines of the working folder without it.")
                                .build())
                        .addOption(Options.value(
                                RUN,
                                "ID",
                                "A run's id as 'wisent runs' lists it, or its beginning; the last run without it."))
                        .addOption(OptionSpec.builder("-f", FOLLOW)
                                .type(boolean.class)
                                .description("Show what comes, until the run ends.")
                                .build())
                        .addOption(Options.value(LINES, "N", "Only the last N events; all without it."))
                        .addOption(Options.choice(
                                LEVEL,
                                "LEVEL",
                                "Only what matters as much; info without it, trace for everything.",
                                Options.LEVELS)),
                "Print each event as it is kept, an object a line.");
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        Shown shown = new Shown(
                Options.text(parsed, LEVEL).map(LogsCommand::level).orElse(LogLevel.INFO),
                Options.text(parsed, LINES)
                        .map(text -> OptionalInt.of(Options.number(LINES, text, MOST_LINES)))
                        .orElse(OptionalInt.empty()),
                Options.isJson(parsed) ? Form.JSON : Form.TEXT);
        try (LogReader reader = new LogReader(chosen(parsed, shell))) {
            return parsed.hasMatchedOption(FOLLOW)
                    ? follow(reader, shown, shell.console())
                    : show(reader, shown, shell.console());
        }
    }

    private static LogLevel level(String text) {
        return LogLevel.of(text)
                .orElseThrow(() -> CommandTree.usage("there is no log level '" + text + "'")
                        .hint("one of trace, debug, info, warning, error, critical"));
    }

    private static LogFolder.Kept chosen(ParseResult parsed, Shell shell) {
        String pipeline = Options.positional(parsed);
        LogFolder folder = new LogFolder(shell.folder().resolve(LOGS));
        Optional<String> name = Optional.of(pipeline).filter(text -> !text.isEmpty());
        if (Files.isRegularFile(shell.folder().resolve(pipeline)) || pipeline.matches(".*\\.(ya?ml|json)")) {
            LogPart part = part(pipeline, parsed, shell);
            folder = new LogFolder(shell.folder().resolve(part.folder()));
            name = Optional.of(part.pipeline());
        } else if (name.isPresent() && !folder.pipelines().contains(pipeline)) {
            throw CommandTree.usage("no run of a pipeline '" + pipeline + "' has left a log here")
                    .where(folder.folder().toString())
                    .hint("there are logs of: " + String.join(", ", folder.pipelines())
                            + "; a pipeline's file may be named too")
                    .next("wisent runs");
        }
        List<LogFolder.Kept> logs = folder.all(name);
        Optional<String> run = Options.text(parsed, RUN);
        if (logs.isEmpty()) {
            throw CommandTree.usage("there are no logs of "
                            + name.map(n -> "pipeline '" + n + "'").orElse("any pipeline"))
                    .where(folder.folder().toString())
                    .hint("each run leaves one, unless engine.logs.keep is 0; runs of versions before logs have none")
                    .next("wisent runs");
        }
        return run.map(id -> of(id, logs)).orElseGet(logs::getFirst);
    }

    /// Where the pipeline in a file leaves its logs. What a run said can be read while its file is broken, by name.
    private static LogPart part(String file, ParseResult parsed, Shell shell) {
        try {
            PipelineSpec spec = Pipelines.load(file, parsed, shell);
            Pipelines.close(spec);
            return spec.engine().logs();
        } catch (WisentException e) {
            throw e.hint(e.hint() + "; until then the logs are read by the pipeline's name: wisent logs NAME");
        }
    }

    private static LogFolder.Kept of(String run, List<LogFolder.Kept> logs) {
        List<LogFolder.Kept> fitting =
                logs.stream().filter(log -> log.run().startsWith(run)).toList();
        if (fitting.size() != 1) {
            throw CommandTree.usage(
                            fitting.isEmpty()
                                    ? "there is no log of a run '" + run + "'"
                                    : fitting.size() + " runs begin with '" + run + "'")
                    .hint(
                            "'wisent runs' lists the runs; of each pipeline the last ones keep their log (engine.logs.keep)")
                    .next("wisent runs");
        }
        return fitting.getFirst();
    }

    private static int show(LogReader reader, Shown shown, Console console) {
        print(lastOf(reader.next(), shown), shown, console);
        if (reader.isAbandoned()) {
            console.talk(ABANDONED);
        }
        return 0;
    }

    private static int follow(LogReader reader, Shown shown, Console console) {
        print(lastOf(reader.next(), shown), shown, console);
        while (!reader.isFinished() && isRead(console)) {
            // asked first: what a process wrote before it was gone is read after
            boolean abandoned = reader.isAbandoned();
            print(fitting(reader.next(), shown), shown, console);
            if (abandoned && !reader.isFinished()) {
                console.talk(ABANDONED);
                return 0;
            }
            pause();
        }
        return 0;
    }

    /// Whether somebody reads stdout.
    private static boolean isRead(Console console) {
        return console.flush();
    }

    private static List<ObjectNode> fitting(List<ObjectNode> events, Shown shown) {
        return events.stream()
                .filter(event -> LogLevel.of(event.path("level").stringValue(""))
                        .map(level -> level.compareTo(shown.least()) >= 0)
                        .orElse(true))
                .toList();
    }

    private static List<ObjectNode> lastOf(List<ObjectNode> events, Shown shown) {
        List<ObjectNode> fitting = fitting(events, shown);
        int from = fitting.size() - shown.last().orElse(fitting.size());
        return fitting.subList(Math.max(0, from), fitting.size());
    }

    private static void print(List<ObjectNode> events, Shown shown, Console console) {
        events.forEach(event -> console.result(shown.form() == Form.JSON ? event.toString() : LogText.of(event)));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "watching the log was interrupted");
        }
    }
}
