package dev.wisent.cli;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.Installation;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.process.Leash;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the process starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        HeapWatch.start();
        Map<String, String> environment = System.getenv();
        Optional<Leash> leash = Leash.ofProcess(environment, System.in);
        Path folder = Path.of("");
        Shell shell = new Shell(
                Console.ofProcess(environment),
                environment,
                folder,
                () -> Connectors.of(Installation.families(), folder),
                Shell.Owner.COMMAND,
                leash);
        int code = CommandTree.run(args, shell);
        // threads of client libraries may still be there
        System.exit(code);
    }
}
