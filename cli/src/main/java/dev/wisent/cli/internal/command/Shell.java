package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/// What a command works in.
///
/// @param folder what relative paths start from
/// @param connectors looked for when a command needs them, not before
public record Shell(Console console, Map<String, String> environment, Path folder, Supplier<Connectors> connectors) {}
