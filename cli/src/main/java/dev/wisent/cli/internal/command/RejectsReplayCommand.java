package dev.wisent.cli.internal.command;

import dev.wisent.engine.PipelineStreams;
import dev.wisent.engine.reject.Replay;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `rejects replay FILE`
final class RejectsReplayCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "replay",
                        "Runs the rejects again, through the pipeline as it is configured now. Each is written once, or is a reject again, however often this is interrupted.",
                        "wisent rejects replay examples/quickstart.yml",
                        "wisent rejects replay examples/quickstart.yml --json   # the summary of the run")
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        return RunCommand.reported(
                parsed,
                shell,
                spec -> RunCommand.run(
                        Pipelines.single(spec),
                        () -> PipelineStreams.one(Replay.of(EngineInput.of(spec, shell.folder()), shell.folder())),
                        parsed,
                        shell));
    }
}
