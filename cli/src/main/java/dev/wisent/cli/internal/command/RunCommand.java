package dev.wisent.cli.internal.command;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.alert.Alerts;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.SeveralStreams;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.cli.internal.console.ProgressDisplay;
import dev.wisent.cli.internal.console.Signals;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.PipelineStreams;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.RunPart;
import dev.wisent.engine.RunSummary;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `run FILE`
final class RunCommand implements Command {
    static final String RUNNER = "--runner";
    static final String UNTIL_IDLE = "--until-idle";

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "run",
                        "Runs a pipeline.",
                        "wisent run examples/quickstart.yml",
                        "wisent run examples/quickstart.yml --json | jq .status            # one object, for programs",
                        "wisent run examples/quickstart.yml --log-format json 2> run.log   # events, an object a line",
                        "wisent run examples/quickstart.yml --runner stream                # one worker does all",
                        "wisent run stream.yml --until-idle 10                             # not without end",
                        "wisent run queued.yml --role extract                              # the other half elsewhere")
                .addOption(Options.choice(
                        RUNNER,
                        "TYPE",
                        "thread, stream or process, instead of what the pipeline says.",
                        List.of("thread", "stream", "process")))
                .addOption(Options.choice(
                        ProcessRun.ROLE,
                        "ROLE",
                        "extract or load: do this half only, of a pipeline with a durable queue. The other half may run on another machine.",
                        List.of("extract", "load")))
                .addOption(
                        Options.value(
                                ProcessRun.LOADER,
                                "I/N",
                                "With --role load: which of several loaders this is (2/4). It loads its part of the lanes, and takes over another one's when nothing is committed there any more."))
                .addOption(Options.value(
                        UNTIL_IDLE, "SECONDS", "End a run with sync_mode: stream when nothing came for so long."))
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        return reported(parsed, shell, spec -> {
            Supplier<PipelineStreams> streams = () -> EngineInput.streams(spec, shell.folder());
            boolean processes = spec.engine().runner() == Runner.PROCESS
                    && ProcessRun.part(parsed, shell).isWhole();
            return processes ? ProcessRun.supervised(spec, streams, parsed, shell) : run(spec, streams, parsed, shell);
        });
    }

    /// Loads the pipeline and does `work` with it. With `--json`, a run that never began is told as one that failed.
    static int reported(ParseResult parsed, Shell shell, ToIntFunction<PipelineSpec> work) {
        Optional<String> name = Optional.empty();
        try {
            PipelineSpec spec = load(parsed, shell);
            name = Optional.of(spec.name());
            return work.applyAsInt(spec);
        } catch (RuntimeException | Error failure) {
            if (!Options.isJson(parsed)) {
                throw failure;
            }
            WisentException error = shell.console().masked(ErrorText.known(failure));
            shell.console().result(RunSummaryText.neverBegan(name, error).toString());
            throw new CommandTree.Told(error);
        }
    }

    private static PipelineSpec load(ParseResult parsed, Shell shell) {
        Optional<Runner> runner = Options.textIfTaken(parsed, RUNNER).map(RunCommand::runner);
        // with --json stdout holds one object and nothing else
        OutputStream rows = Options.isJson(parsed)
                ? shell.console().talks()
                : shell.console().rows();
        Optional<Duration> idle =
                Options.textIfTaken(parsed, UNTIL_IDLE).map(text -> Options.seconds(UNTIL_IDLE, text));
        PipelineSpec spec = Pipelines.load(parsed, shell, rows, runner);
        return ProcessRun.met(idle.map(spec::untilIdle).orElse(spec), parsed, shell);
    }

    private static Runner runner(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "thread" -> Runner.THREAD;
            case "stream" -> Runner.STREAM;
            case "process" -> Runner.PROCESS;
            case "flink" ->
                throw CommandTree.usage("runner '" + text + "' is not available in this version yet")
                        .hint("use thread, stream or process");
            default ->
                throw CommandTree.usage("there is no runner '" + text + "'").hint("use thread, stream or process");
        };
    }

    static int run(PipelineSpec spec, Supplier<PipelineStreams> streams, ParseResult parsed, Shell shell) {
        Console console = shell.console();
        ProgressDisplay display = new ProgressDisplay(console, System::nanoTime);
        try (RunLogging log = new RunLogging(spec, console, shell.folder())) {
            try {
                RunOutcome outcome = alerted(spec, streams, parsed, shell, display, log);
                // the last event of a run
                console.event(
                        LogLevel.INFO,
                        "finished",
                        event -> event.setAll(
                                RunSummaryText.ended(spec.name(), outcome.masked(console::masked, console::masked))));
                return exitCode(outcome);
            } catch (RuntimeException | Error failure) {
                log.failed(failure);
                throw failure;
            }
        }
    }

    private static RunOutcome alerted(
            PipelineSpec spec,
            Supplier<PipelineStreams> streams,
            ParseResult parsed,
            Shell shell,
            ProgressDisplay display,
            RunLogging log) {
        Console console = shell.console();
        try (Alerts alerts = new Alerts(spec.alerting(), console, spec.name())) {
            RunOutcome outcome;
            try {
                outcome = run(spec, streams.get(), parsed, shell, display, alerts, log);
            } catch (RuntimeException failure) {
                alerts.failed(ErrorText.known(failure));
                throw failure;
            }
            display.clear();
            tell(outcome, spec, parsed, console);
            if (outcome.status() == RunRecord.Status.FAILED
                    || !ProcessRun.part(parsed, shell).keepsLoading()) {
                alert(outcome, spec, alerts);
            }
            return outcome;
        }
    }

    private static void alert(RunOutcome outcome, PipelineSpec spec, Alerts alerts) {
        outcome.streams().forEach(stream -> stream.warnings().forEach(alerts::warned));
        if (outcome.status() == RunRecord.Status.FAILED && outcome.error().isPresent()) {
            alerts.failed(outcome.error().get());
        } else {
            alerts.ended(String.join("\n", RunSummaryText.lines(outcome, spec.file())));
        }
    }

    private static RunOutcome run(
            PipelineSpec spec,
            PipelineStreams streams,
            ParseResult parsed,
            Shell shell,
            ProgressDisplay display,
            Alerts alerts,
            RunLogging log) {
        Console console = shell.console();
        try (StateStore store =
                new MaskingStore(Pipelines.openStore(spec, parsed, shell), console::masked, console::concrete)) {
            RunPart part = ProcessRun.part(parsed, shell);
            PipelineRun run =
                    new PipelineRun(streams, store, new Progress(display, console, alerts), console::masked, part);
            if (!part.keepsLoading()) {
                alerts.began(run.id().value());
            }
            log.begin(run.id(), String.join(", ", names(spec)));
            try (Signals _ = stops(run, shell)) {
                return run.run();
            } finally {
                // each stream's run closes what it holds
                spec.several().ifPresent(several -> Pipelines.close(spec));
            }
        }
    }

    /// Who is watched is stopped by the watcher, not by signals, which a terminal sends to both.
    private static Signals stops(PipelineRun run, Shell shell) {
        if (shell.leash().isPresent()) {
            shell.leash().get().onStop(run::stop);
            return Signals.install(() -> {}, () -> {});
        }
        return onSignals(run::stop, shell);
    }

    static Signals onSignals(Runnable stop, Shell shell) {
        if (shell.process() == Shell.Owner.CALLER) {
            return Signals.none();
        }
        Console console = shell.console();
        return Signals.install(
                () -> {
                    console.talk(
                            "Stopping: what is open is brought to a safe place and committed. Once more to give it up.");
                    stop.run();
                },
                () -> {
                    console.talk("Given up. What was committed stays; the next run goes on from there.");
                    Signals.endProcess();
                });
    }

    private static List<String> names(PipelineSpec spec) {
        return spec.several()
                .map(SeveralStreams::patterns)
                .orElseGet(() -> List.of(spec.source().settings().stream().name()));
    }

    private static void tell(RunOutcome outcome, PipelineSpec spec, ParseResult parsed, Console console) {
        if (Options.isJson(parsed)) {
            console.result(RunSummary.json(spec.name(), outcome.masked(console::masked, console::masked)));
        }
        RunSummaryText.lines(outcome, spec.file()).forEach(console::show);
        outcome.streams()
                .forEach(stream -> stream.warnings()
                        .forEach(warning -> console.event(
                                LogLevel.WARNING,
                                "message",
                                event -> event.put(
                                        "message", console.masked("warning: " + stream.stream() + ": " + warning)))));
        outcome.error().map(console::masked).ifPresent(error -> {
            console.tell(error);
            console.talk(LogLevel.DEBUG, ErrorText.trace(error));
        });
    }

    private static int exitCode(RunOutcome outcome) {
        return switch (outcome.status()) {
            case SUCCEEDED -> 0;
            case INTERRUPTED -> ErrorCode.INTERRUPTED.fault().exitCode();
            case FAILED, RUNNING, LOST ->
                outcome.error()
                        .map(error -> error.code().fault().exitCode())
                        .orElse(ErrorCode.INTERNAL.fault().exitCode());
        };
    }
}
