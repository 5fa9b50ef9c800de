package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.process.Leash;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a command works in.
///
/// @param folder what relative paths start from
/// @param connectors looked for when a command needs them, not before
/// @param process whose it is
/// @param leash held where another process of Wisent watches this one
public record Shell(
        Console console,
        Map<String, String> environment,
        Path folder,
        Supplier<Connectors> connectors,
        Owner process,
        Optional<Leash> leash) {
    /// Whose process a command runs in.
    public enum Owner {
        /// The command's own: signals are for it.
        COMMAND,
        /// Somebody else's, who may run several commands at once and does with signals what they like.
        CALLER
    }

    /// In a process of the command's own, which nobody watches.
    public Shell(Console console, Map<String, String> environment, Path folder, Supplier<Connectors> connectors) {
        this(console, environment, folder, connectors, Owner.COMMAND, Optional.empty());
    }
}
