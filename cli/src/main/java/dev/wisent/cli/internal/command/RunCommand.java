package dev.wisent.cli.internal.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `run FILE`
final class RunCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(this, "run", "Runs a pipeline.")
                .addPositional(Options.pipelineFile())
                .addOption(Options.value("--runner", "TYPE", "thread or stream, instead of what the pipeline says."))
                .addOption(Options.stateDb())
                .addOption(Options.envFile())
                .addOption(Options.logLevel())
                .addOption(Options.json());
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        throw new UnsupportedOperationException("the engine is not there yet");
    }
}
