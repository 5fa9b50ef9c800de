package dev.wisent.cli.internal.command;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.columnar.inflate.Isal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The machine this runs on, as far as a run depends on it.
final class Machine {
    /// A worker's parts, the SQLite journal and a few rejects.
    private static final long LITTLE_SPACE = 1_000_000_000;
    /// Files, sockets and jars of a usual run.
    private static final long FEW_FILES = 1_024;
    /// Below it the byte budget is too small for full buffers.
    private static final long LITTLE_HEAP = 200_000_000;
    /// File systems may keep whole seconds, network ones have a clock of their own.
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);
    /// When this was written: a clock before it is wrong.
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CACHE = "-XX:AOTCache=";

    private Machine() {}

    static List<Finding> findings() {
        return List.of(java(), cache(), memory(), files(), clock(), Finding.ok("gzip", Isal.described()));
    }

    private static Finding java() {
        return Finding.ok(
                "java",
                Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"));
    }

    /// The launcher gives it to the JVM, which leaves aside one that does not fit.
    private static Finding cache() {
        Optional<String> named = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(CACHE))
                .findFirst();
        return named.map(argument -> Finding.ok("start-up cache", argument.substring(CACHE.length())))
                .orElseGet(() -> Finding.warning(
                        "start-up cache",
                        "not used, so starting takes longer: WISENT_JAVA_OPTS is set, or it could not be made"));
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        String machine = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? " of " + Amounts.bytes(system.getTotalMemorySize())
                : "";
        String detail = "heap up to " + Amounts.bytes(heap) + machine + ", "
                + Amounts.count(Runtime.getRuntime().availableProcessors(), "core");
        return heap < LITTLE_HEAP
                ? Finding.warning("memory", detail + ": little; WISENT_JAVA_OPTS=-Xmx512m gives more")
                : Finding.ok("memory", detail);
    }

    private static Finding files() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
            return Finding.ok("open files", "this system does not tell a limit");
        }
        long most = unix.getMaxFileDescriptorCount();
        String detail = Amounts.count(unix.getOpenFileDescriptorCount()) + " of at most " + Amounts.count(most);
        return most < FEW_FILES
                ? Finding.warning("open files", detail + ": few; 'ulimit -n 4096' allows more")
                : Finding.ok("open files", detail);
    }

    /// Sane: not before this program was written, not another one than the file system's. Monotone: it agrees with the clock
    /// that can't be set.
    private static Finding clock() {
        long nanos = System.nanoTime();
        Instant now = Instant.now();
        if (now.isBefore(EARLIEST)) {
            return Finding.warning("clock", now + " is before this program was written");
        }
        Path probe;
        try {
            probe = Files.createTempFile("wisent-clock", "");
            Instant written = Files.getLastModifiedTime(probe).toInstant();
            Files.delete(probe);
            Duration apart = Duration.between(now, written).abs();
            if (apart.compareTo(CLOCKS_DIFFER) > 0) {
                return Finding.warning("clock", now + ", but files are stamped " + written);
            }
        } catch (IOException e) {
            return Finding.warning("clock", now + "; no file could be made to compare with: " + e.getMessage());
        }
        Duration measured = Duration.ofNanos(System.nanoTime() - nanos);
        Duration told = Duration.between(now, Instant.now());
        return told.minus(measured).abs().compareTo(CLOCKS_DIFFER) > 0
                ? Finding.warning("clock", "it was set while we looked: " + told + " passed in " + measured)
                : Finding.ok("clock", now + ", as the file system's");
    }

    /// How much room there is where `path` lies, or will lie.
    static Finding disk(String name, Path path) {
        Path there = Places.existing(path);
        try {
            FileStore store = Files.getFileStore(there);
            long free = store.getUsableSpace();
            String detail = Amounts.bytes(free) + " free, " + path;
            if (!Files.isWritable(there)) {
                return Finding.warning(name, detail + ": may not be written");
            }
            return free < LITTLE_SPACE ? Finding.warning(name, detail + ": little room") : Finding.ok(name, detail);
        } catch (IOException e) {
            return Finding.warning(name, path + ": " + e.getMessage());
        }
    }
}
