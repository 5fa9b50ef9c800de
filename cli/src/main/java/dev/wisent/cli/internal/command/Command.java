package dev.wisent.cli.internal.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command.
interface Command {
    /// Its name, options and help.
    CommandSpec spec();

    /// Does it. Failures are thrown.
    ///
    /// @return the exit code
    int run(ParseResult parsed, Shell shell);
}
