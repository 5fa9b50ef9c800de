package dev.wisent.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// What a process can be sent.
public enum Signal {
    /// Ctrl-C.
    INT,
    TERM,
    KILL,
    /// Every thread stands still, heartbeats too, until [#CONT].
    STOP,
    CONT,
    /// The JVM prints its threads and goes on.
    QUIT;

    private static final Pattern STOPPED = Pattern.compile("State:\\s+T");

    /// Sends it to a living process. After [#STOP] it stands still.
    public void to(long pid) {
        try {
            new ProcessBuilder("kill", "-" + this, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (this == STOP) {
            Awaitility.await("process " + pid + " stands still")
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> STOPPED.matcher(Files.readString(Path.of("/proc/" + pid + "/status")))
                            .find());
        }
    }
}
