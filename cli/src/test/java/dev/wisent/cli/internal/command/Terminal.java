package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Runs commands in this process, in a folder, and keeps what they print.
final class Terminal {
    private final Path folder;
    private final Connectors connectors;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Terminal(Path folder, Connectors connectors) {
        this.folder = folder;
        this.connectors = connectors;
    }

    Terminal with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// The exit code.
    int run(String... args) {
        out.reset();
        err.reset();
        Console console = Console.of(out, err, Console.Mode.PLAIN);
        return CommandTree.run(args, new Shell(console, environment, folder, () -> connectors));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
