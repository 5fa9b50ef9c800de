package dev.wisent.cli.internal.command;

import dev.wisent.api.RunId;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Holder;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.LogPart;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.cli.internal.log.LogFolder;
import dev.wisent.cli.internal.log.RunLog;
import dev.wisent.engine.RunHistory;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Has the log of a run written while it goes on: from its [begin][#begin] to its [close][#close] everything the console is
/// told. It never fails the
/// run.
final class RunLogging implements AutoCloseable {
    private final Console console;
    private final PipelineSpec spec;
    private final LogPart part;
    private final Path folder;
    private Optional<RunLog> log = Optional.empty();

    /// @param folder what relative paths start from
    RunLogging(PipelineSpec spec, Console console, Path folder) {
        this.spec = spec;
        this.console = console;
        this.part = spec.engine().logs();
        this.folder = folder;
    }

    /// The run says that it begins.
    void begin(RunId run, String stream) {
        Holder me = RunHistory.holder(run);
        if (part.keep() > 0) {
            LogFolder logs = new LogFolder(folder.resolve(part.folder()));
            RunLog opened = new RunLog(
                    logs,
                    part.pipeline(),
                    run.value(),
                    part.maxBytes(),
                    () -> by(me, Console.node(LogLevel.INFO, "continued").put("run_id", run.value())),
                    warning -> console.aside(LogLevel.WARNING, console.masked(warning)));
            log = Optional.of(opened);
            console.keep(opened::add);
        }
        console.event(
                LogLevel.INFO,
                "started",
                event -> by(
                        me,
                        event.put("pipeline", spec.name()).put("stream", stream).put("run_id", run.value())));
        // those of the configuration were told before there was a run
        spec.warnings()
                .forEach(warning -> log.ifPresent(kept -> kept.add(Console.node(LogLevel.WARNING, "message")
                        .put("message", console.masked("warning: " + warning)))));
    }

    /// Who writes, so that a reader can tell when nobody does any more.
    private static ObjectNode by(Holder holder, ObjectNode event) {
        return event.put("host", holder.host())
                .put("pid", holder.pid())
                .put("process_started", holder.processStart().toString());
    }

    /// The run ended by a failure that is told elsewhere.
    void failed(Throwable failure) {
        WisentException error = console.masked(ErrorText.known(failure));
        log.ifPresent(kept -> {
            ObjectNode told = Console.node(LogLevel.ERROR, "error");
            told.set("error", ErrorText.json(error));
            kept.add(told);
            kept.add(Console.node(LogLevel.DEBUG, "message").put("message", console.masked(ErrorText.trace(failure))));
            kept.add(Console.node(LogLevel.INFO, "finished")
                    .put("pipeline", spec.name())
                    .put("status", "failed"));
        });
    }

    @Override
    public void close() {
        console.keepNone();
        log.ifPresent(RunLog::close);
        if (log.isPresent()) {
            prune();
        }
    }

    private void prune() {
        try {
            new LogFolder(folder.resolve(part.folder())).prune(part.pipeline(), part.keep());
        } catch (WisentException e) {
            console.aside(
                    LogLevel.WARNING, console.masked("warning[" + e.code().id() + "]: " + e.what() + ", " + e.where()));
        }
    }
}
