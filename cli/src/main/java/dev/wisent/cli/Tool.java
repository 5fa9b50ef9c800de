package dev.wisent.cli;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.Installation;
import dev.wisent.cli.internal.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.spi.ToolProvider;

/// `wisent` in a JVM that is there already: `ToolProvider.findFirst("wisent")`. Commands do and print what they do in a process
/// of their own and return its exit code, but they can't be killed alone: a signal is for the whole JVM. Safe for many threads.
///
/// In front of a command, `--in FOLDER` names what its relative paths start from, and those of the state store, the logs and
/// the rejects; without it, that is the JVM's working folder. Paths of sources and destinations start from that one always.
public final class Tool implements ToolProvider {
    private static final String IN = "--in";

    /// For `java.util.ServiceLoader`.
    public Tool() {}

    @Override
    public String name() {
        return "wisent";
    }

    /// Whatever is printed is printed at the end.
    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream talk = new ByteArrayOutputStream();
        int code = run(new PrintStream(results), new PrintStream(talk), args);
        out.print(results.toString(StandardCharsets.UTF_8));
        out.flush();
        err.print(talk.toString(StandardCharsets.UTF_8));
        err.flush();
        return code;
    }

    /// UTF-8 is printed, whatever the encoding of the streams.
    @Override
    public int run(PrintStream out, PrintStream err, String... args) {
        boolean elsewhere = args.length > 1 && args[0].equals(IN);
        Path folder = Path.of(elsewhere ? args[1] : "");
        Shell shell = new Shell(
                Console.of(out, err, Console.Mode.PLAIN),
                System.getenv(),
                folder,
                () -> Connectors.of(Installation.families(), folder),
                Shell.Owner.CALLER,
                Optional.empty());
        return CommandTree.run(elsewhere ? Arrays.copyOfRange(args, 2, args.length) : args, shell);
    }
}
