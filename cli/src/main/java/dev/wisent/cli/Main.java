package dev.wisent.cli;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import java.nio.file.Path;
import java.util.Map;

/// Where the process starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        Shell shell = new Shell(Console.ofProcess(environment), environment, Path.of(""), Connectors::installed);
        int code = CommandTree.run(args, shell);
        // threads of client libraries may still be there
        System.exit(code);
    }
}
