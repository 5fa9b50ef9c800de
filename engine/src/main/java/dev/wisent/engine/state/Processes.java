package dev.wisent.engine.state;

import dev.wisent.api.state.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether the process that holds a lease still runs.
final class Processes {
    /// Start times are counted from boot, whose time moves a little when the clock is set.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Processes() {}

    /// True only for a process known to be gone: on this `host`, with no process of that id, or a younger one.
    static boolean isGone(Holder holder, String host) {
        if (!holder.host().equals(host)) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(holder.pid());
        if (process.isEmpty() || !process.get().isAlive() || isZombie(holder.pid())) {
            return true;
        }
        Optional<Instant> start = process.get().info().startInstant();
        return start.isPresent()
                && Duration.between(holder.processStart(), start.get()).abs().compareTo(TOLERANCE) > 0;
    }

    /// Killed, and its parent does not ask for its end: common where no init runs, as in containers (proc(5), state
    /// of
    /// `/proc/pid/stat`).
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int name = stat.lastIndexOf(')');
            return name > 0 && stat.startsWith(" Z", name + 1);
        } catch (IOException notLinux) {
            return false;
        }
    }
}
