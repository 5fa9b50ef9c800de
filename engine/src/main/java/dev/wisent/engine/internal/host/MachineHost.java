package dev.wisent.engine.internal.host;

import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The machine's clock and chance, and its threads for what waits for I/O.
public abstract sealed class MachineHost implements Host permits ThreadHost, SingleThreadHost {
    /// Long enough that an idle reader costs nothing, short enough that a reader without wake-up still stops soon.
    private static final Duration POLL_WAIT = Duration.ofMillis(100);

    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final Set<Thread> fetching = ConcurrentHashMap.newKeySet();

    /// Starts a task that waits for I/O: on a platform thread. Once a virtual one waited for a socket, the JVM has a thread
    /// that stays in native code, and takes 0.3 s more to end.
    final void fetch(Task task) {
        Loop loop = new Loop(task);
        Thread thread = Thread.ofPlatform().daemon(true).name(task.name()).unstarted(() -> {
            try {
                loop.run();
            } finally {
                fetching.remove(Thread.currentThread());
            }
        });
        fetching.add(thread);
        thread.start();
    }

    /// Waits until whatever fetched has closed its readers, called when a run is over: they may have something left to say to
    /// their services. One that does not get through to its service ends with the process.
    public final void settle() {
        long until = System.nanoTime() + SETTLED.toNanos();
        try {
            for (Thread thread : fetching) {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long random(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }

    @Override
    public Duration pollWait() {
        return POLL_WAIT;
    }
}
