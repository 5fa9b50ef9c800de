package dev.wisent.api.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The places where a crash must not matter, from the source to the acknowledgement. In production each costs one
/// read of a static final field.
///
/// The system property `wisent.fault` provokes one fault: `kill:COMMITTED:3` halts the process at the third passing,
/// without any hook or flush;
/// `stop:BEFORE_COMMIT:1` waits there for ever; `sleep:FETCHED:10:500` waits 500 ms at the tenth;
/// `hold:STAGED:2:gate` makes the file `gate` and goes on once somebody has removed it.
/// `watched` provokes nothing, and lets tests [#watch] the engine in their own JVM.
public enum Boundary {
    BEFORE_CLAIM,
    AFTER_CLAIM,
    RESET_BEGUN,
    AFTER_BEGIN,
    FETCHED,
    DECODED,
    WRITTEN,
    FLUSHED,
    STAGING,
    STAGED,
    BEFORE_COMMIT,
    MANIFEST_WRITTEN,
    MANIFEST_LINKED,
    IN_ROLL_FORWARD,
    ROLLED_FORWARD,
    BASE_WRITTEN,
    BASE_NAMED,
    MANIFEST_REMOVED,
    COMMITTED,
    STATE_SAVED,
    ACKNOWLEDGED,
    BEFORE_PUBLISH,
    PUBLISHED,
    RESET_ENDED,
    /// The queue has a part of an entry that is larger than a message, and not the last one.
    PART_PUBLISHED,
    /// A loader has a part of such an entry, and not all of them.
    PART_TAKEN;

    private static final String FAULT = System.getProperty("wisent.fault", "");
    private static final String WATCHED = "watched";
    private static volatile Consumer<Boundary> watcher = here -> {};
    private static final AtomicInteger PASSED = new AtomicInteger();
    /// As if by SIGKILL: 128 + 9.
    private static final int KILLED = 137;
    private static final int PARTS = 4;
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(2).toNanos();

    /// Tells that the program is here.
    public static void reached(Boundary here) {
        if (!FAULT.isEmpty()) {
            provoke(here);
        }
    }

    /// Calls `watcher` at each passing, on the thread that passes, instead of the one before. Only in a JVM that was started
    /// with `-Dwisent.fault=watched`.
    public static void watch(Consumer<Boundary> watcher) {
        if (!FAULT.equals(WATCHED)) {
            throw new IllegalStateException("this JVM was started without -Dwisent.fault=" + WATCHED);
        }
        Boundary.watcher = watcher;
    }

    private static void provoke(Boundary here) {
        if (FAULT.equals(WATCHED)) {
            watcher.accept(here);
            return;
        }
        String[] fault = FAULT.split(":", PARTS);
        if (fault.length < 3
                || !fault[1].equals(here.name())
                || PASSED.incrementAndGet() != Integer.parseInt(fault[2])) {
            return;
        }
        switch (fault[0]) {
            case "kill" -> Runtime.getRuntime().halt(KILLED);
            case "stop" -> {
                while (true) {
                    LockSupport.park();
                }
            }
            case "sleep" ->
                LockSupport.parkNanos(
                        Duration.ofMillis(Long.parseLong(fault[3])).toNanos());
            case "hold" -> hold(Path.of(fault[3]));
            default -> throw new IllegalArgumentException("wisent.fault=" + FAULT);
        }
    }

    private static void hold(Path gate) {
        try {
            Files.createFile(gate);
        } catch (FileAlreadyExistsException e) {
            // Another process stands there, or died there.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (Files.exists(gate)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
