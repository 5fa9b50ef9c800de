package dev.wisent.cli;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.Installation;
import dev.wisent.cli.internal.console.Console;
import java.nio.file.Path;
import java.util.Map;

/// Where the process starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        HeapWatch.start();
        Map<String, String> environment = System.getenv();
        Path folder = Path.of("");
        Shell shell = new Shell(
                Console.ofProcess(environment),
                environment,
                folder,
                () -> Connectors.of(Installation.families(), folder));
        int code = CommandTree.run(args, shell);
        // threads of client libraries may still be there
        System.exit(code);
    }
}
