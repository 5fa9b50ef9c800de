package dev.wisent.api.state;

import dev.wisent.api.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Who holds a lease. Process id and start time together tell a dead holder on the same host.
public record Holder(RunId run, String host, long pid, Instant processStart, Instant since) {
    /// Start times are counted from boot, whose time moves a little when the clock is set.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /// True only for a process known to be gone, asked on the machine `here`: it is the holder's own, and has no
    /// process of that id, or a younger one.
    public boolean isGone(String here) {
        if (!host.equals(here)) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive() || isZombie()) {
            return true;
        }
        Optional<Instant> start = process.get().info().startInstant();
        return start.isPresent()
                && Duration.between(processStart, start.get()).abs().compareTo(TOLERANCE) > 0;
    }

    /// Killed, and its parent does not ask for its end: common where no init runs, as in containers (proc(5), state
    /// of `/proc/pid/stat`).
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int name = stat.lastIndexOf(')');
            return name > 0 && stat.startsWith(" Z", name + 1);
        } catch (IOException notLinux) {
            return false;
        }
    }
}
