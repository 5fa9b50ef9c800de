package dev.wisent.cli.internal.command;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.engine.StreamReset;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/// `stream reset FILE`
final class StreamResetCommand implements Command {
    private static final String CANCEL = "--cancel";

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "reset",
                        "Lets the next run read a stream again from its start and replace what is there, as one step.",
                        "wisent stream reset examples/quickstart.yml",
                        "wisent stream reset examples/quickstart.yml --cancel   # take it back")
                .addOption(Options.flag(CANCEL, "Take back a reset that is not published yet."))
                .addOption(Options.stateDb()));
    }

    /// What became of it: `result` is for programs, `text` for people.
    private record Told(String result, Optional<Reset> reset, String text) {}

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.one(parsed, shell);
        Told told;
        try (StateStore store = store(spec, parsed, shell)) {
            StreamReset reset = new StreamReset(EngineInput.of(spec, shell.folder()), store);
            told = parsed.hasMatchedOption(CANCEL) ? cancel(reset) : ask(reset, spec);
        } finally {
            Pipelines.close(spec);
        }
        if (Options.isJson(parsed)) {
            shell.console().result(json(spec, told).toString());
        } else {
            shell.console().result(told.text());
        }
        return 0;
    }

    private static StateStore store(PipelineSpec spec, ParseResult parsed, Shell shell) {
        if (Options.path(parsed, Options.STATE_DB).isEmpty() && spec.engine().backend() instanceof Backend.InMemory) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "a state store in memory forgets a reset before the next run begins")
                    .where(spec.file())
                    .hint("use backend type sqlite, or set source.reset: true for one run");
        }
        return Pipelines.openStore(spec, parsed, shell);
    }

    private static Told ask(StreamReset reset, PipelineSpec spec) {
        StreamId stream = spec.source().settings().stream();
        return switch (reset.ask()) {
            case StreamReset.Answer.Queued(Reset queued) ->
                new Told(
                        "queued",
                        Optional.of(queued),
                        stream + ": reset queued. The next run reads everything again and replaces what is there."
                                + next(spec));
            case StreamReset.Answer.Pending(Reset pending) ->
                new Told(
                        "already_pending",
                        Optional.of(pending),
                        stream + ": a reset is already pending, asked for at " + pending.asked()
                                + pending.begun()
                                        .map(begun -> ", begun by run " + begun.run())
                                        .orElse("")
                                + next(spec));
        };
    }

    private static String next(PipelineSpec spec) {
        return "\n  next:  wisent run " + spec.file() + ", or take it back: wisent stream reset " + spec.file()
                + " --cancel";
    }

    private static Told cancel(StreamReset reset) {
        Optional<Reset> cancelled = reset.cancel();
        return cancelled
                .map(was -> new Told(
                        "cancelled",
                        cancelled,
                        was.begun().isEmpty()
                                ? "The reset is taken back."
                                : "The reset is taken back; the next run drops what was read for it."))
                .orElseGet(() -> new Told("nothing_pending", Optional.empty(), "No reset is pending."));
    }

    private static ObjectNode json(PipelineSpec spec, Told told) {
        ObjectNode node = Json.versioned()
                .put("pipeline", spec.name())
                .put("stream", spec.source().settings().stream().name())
                .put("result", told.result());
        told.reset().ifPresent(reset -> {
            node.put("asked", reset.asked().toString());
            reset.begun().ifPresent(begun -> node.put("begun_by", begun.run().value()));
        });
        return node;
    }
}
