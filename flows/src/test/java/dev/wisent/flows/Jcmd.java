package dev.wisent.flows;

import dev.wisent.testkit.ChildRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Asks the JVM of a run about itself.
final class Jcmd {
    private Jcmd() {}

    static String ask(ChildRun run, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(run.pid()), command).start();
        return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
