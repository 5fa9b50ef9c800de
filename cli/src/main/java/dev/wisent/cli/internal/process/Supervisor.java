package dev.wisent.cli.internal.process;

import dev.wisent.api.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A run whose extraction and loading are processes: starts an extractor and loaders, starts again whichever dies, and ends
/// all when one of them comes to an end. The run's lease, record and summary are the extractor's, and so is the exit code; a
/// loader that fails ends the run with its own.
public final class Supervisor {
    private static final long TICK_MILLIS = 20;
    private static final int FAILURES = 5;
    /// When all is loaded a loader has nothing left to do; one that does not end then is frozen.
    private static final Duration NOTHING_LEFT = Duration.ofSeconds(5);

    private final List<String> extract;
    private final List<List<String>> loads;
    private final Path folder;
    private final Map<String, String> environment;
    private final Duration patience;
    private final Consumer<String> talk;
    private final AtomicInteger stops = new AtomicInteger();

    /// How it ended.
    ///
    /// @param out what the process that decided it wrote to stdout
    /// @param restarts how often a process that had died was started again
    public record End(int exitCode, String out, int restarts) {}

    /// @param extract the command of the extractor
    /// @param loads the commands of the loaders, which go on until they are told to stop
    /// @param environment what the processes find there beside this one's own
    /// @param patience how long a process may take to stop
    /// @param talk for people
    public Supervisor(
            List<String> extract,
            List<List<String>> loads,
            Path folder,
            Map<String, String> environment,
            Duration patience,
            Consumer<String> talk) {
        this.extract = extract;
        this.loads = List.copyOf(loads);
        this.folder = folder;
        this.environment = environment;
        this.patience = patience;
        this.talk = talk;
    }

    /// The source stops; what was read is loaded, then all ends. Any thread.
    public void stop() {
        stops.incrementAndGet();
    }

    /// Runs to the end; leaves no process behind, however it ends.
    public End run() {
        int interrupted = ErrorCode.INTERRUPTED.fault().exitCode();
        List<Child> loaders = loaders();
        try (Child extractor = new Child(
                "extractor", extract, folder, environment, code -> code <= FAILURES || code == interrupted, talk)) {
            loaders.forEach(Child::start);
            extractor.start();
            boolean told = false;
            while (extractor.ended().isEmpty() && ended(loaders).isEmpty()) {
                if (stops.get() > 0 && !told) {
                    told = true;
                    extractor.stop();
                }
                loaders.forEach(Child::look);
                extractor.look();
                pause();
            }
            Optional<Child> failed = ended(loaders);
            if (failed.isPresent()) {
                // Its lanes are not loaded any more: the second time it waits for nothing.
                extractor.stop();
                extractor.stop();
                await(List.of(extractor), patience);
            }
            loaders.forEach(Child::stop);
            await(loaders, NOTHING_LEFT);
            Child deciding = failed.orElse(extractor);
            int restarts = loaders.stream().mapToInt(Child::restarts).sum() + extractor.restarts();
            return new End(deciding.ended().orElseThrow(), deciding.out(), restarts);
        } finally {
            loaders.forEach(Child::close);
        }
    }

    private List<Child> loaders() {
        List<Child> loaders = new ArrayList<>();
        for (List<String> load : loads) {
            String name = loads.size() == 1 ? "loader" : "loader " + (loaders.size() + 1);
            loaders.add(new Child(name, load, folder, environment, code -> code > 0 && code <= FAILURES, talk));
        }
        return loaders;
    }

    private static Optional<Child> ended(List<Child> children) {
        return children.stream().filter(child -> child.ended().isPresent()).findFirst();
    }

    private static void await(List<Child> children, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (children.stream().anyMatch(child -> child.ended().isEmpty()) && System.nanoTime() - until < 0) {
            children.forEach(Child::look);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(TICK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
