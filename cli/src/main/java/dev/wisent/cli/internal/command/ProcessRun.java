package dev.wisent.cli.internal.command;

import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.Signals;
import dev.wisent.cli.internal.process.MeetingPlace;
import dev.wisent.cli.internal.process.OwnCommand;
import dev.wisent.cli.internal.process.Supervisor;
import dev.wisent.engine.LocalQueue;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.PipelineStreams;
import dev.wisent.engine.RunPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ParseResult;

/// A run in several processes, and what each of them is told on its command line.
final class ProcessRun {
    static final String ROLE = "--role";
    static final String LOADER = "--loader";

    private static final Pattern PLACE = Pattern.compile("([1-9][0-9]{0,2})/([1-9][0-9]{0,2})");
    /// What a process may take to stop beside its grace time.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ProcessRun() {}

    /// With the queue `memory`, the processes of a run meet at a socket.
    static PipelineSpec met(PipelineSpec spec, ParseResult parsed, Shell shell) {
        Optional<Path> socket = MeetingPlace.of(shell.environment());
        RunPart part = part(parsed, shell);
        if (spec.engine().runner() != Runner.PROCESS
                || spec.engine().queue().isPresent()
                || socket.isEmpty()
                || part.isWhole()) {
            return spec;
        }
        return spec.over(
                part.equals(RunPart.EXTRACT)
                        ? LocalQueue.serving(socket.get(), spec.engine().memoryBudget())
                        : LocalQueue.joining(socket.get()));
    }

    static RunPart part(ParseResult parsed, Shell shell) {
        Optional<String> place = Options.textIfTaken(parsed, LOADER);
        return Options.textIfTaken(parsed, ROLE)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "extract" -> RunPart.EXTRACT;
                    case "load" ->
                        loader(place, shell.leash().isPresent() ? RunPart.Half.KEEP_LOADING : RunPart.Half.LOAD);
                    default ->
                        throw CommandTree.usage("there is no role '" + text + "'")
                                .hint("extract or load");
                })
                .orElse(RunPart.WHOLE);
    }

    private static RunPart loader(Optional<String> place, RunPart.Half half) {
        Matcher parts = PLACE.matcher(place.orElse("1/1"));
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
            throw CommandTree.usage("'" + place.orElse("") + "' is no place among loaders")
                    .hint("the second of four is 2/4");
        }
        return new RunPart(half, Integer.parseInt(parts.group(1)) - 1, Integer.parseInt(parts.group(2)));
    }

    /// The runner `process`: what the extractor says on stdout and stderr is what the run says.
    static int supervised(PipelineSpec spec, Supplier<PipelineStreams> streams, ParseResult parsed, Shell shell) {
        try (StateStore store = Pipelines.openStore(spec, parsed, shell)) {
            PipelineRun.checkHalves(streams.get(), store);
        } finally {
            spec.several().ifPresent(several -> Pipelines.close(spec));
        }
        Console console = shell.console();
        try (MeetingPlace place = MeetingPlace.make()) {
            Supervisor supervisor = new Supervisor(
                    OwnCommand.with(half(parsed, "extract")),
                    loaders(parsed, spec.engine().loaders()),
                    shell.folder(),
                    place.environment(),
                    spec.engine().grace().plus(PATIENCE),
                    text -> console.talk(LogLevel.WARNING, text));
            try (Signals _ = RunCommand.onSignals(supervisor::stop, shell)) {
                Supervisor.End end = supervisor.run();
                if (Options.isJson(parsed)) {
                    console.result(end.out().strip());
                }
                return end.exitCode();
            }
        }
    }

    private static List<List<String>> loaders(ParseResult parsed, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(loader -> {
                    List<String> arguments = half(parsed, "load");
                    arguments.addAll(List.of(LOADER, loader + "/" + count));
                    return OwnCommand.with(arguments);
                })
                .toList();
    }

    /// This command line, for one half. A loader says what goes wrong, and nothing else.
    private static List<String> half(ParseResult parsed, String role) {
        List<String> arguments =
                new ArrayList<>(List.of("run", Options.positional(parsed), RunCommand.RUNNER, "process", ROLE, role));
        for (String option : List.of(
                RunCommand.UNTIL_IDLE, Options.STREAM, Options.STATE_DB, Options.ENV_FILE, Options.LOG_FORMAT)) {
            Options.text(parsed, option).ifPresent(value -> arguments.addAll(List.of(option, value)));
        }
        boolean loads = role.equals("load");
        Options.text(parsed, Options.LOG_LEVEL)
                .or(() -> loads ? Optional.of("warning") : Optional.empty())
                .ifPresent(level -> arguments.addAll(List.of(Options.LOG_LEVEL, level)));
        if (loads || Options.isJson(parsed)) {
            arguments.add(Options.JSON);
        }
        return arguments;
    }
}
