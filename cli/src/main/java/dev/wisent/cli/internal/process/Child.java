package dev.wisent.cli.internal.process;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// A process of a run, started again when it died. It stays in this process's group, talks on this one's stderr, and ends when
/// this one does ([Leash]). One thread.
final class Child implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 6;
    /// One that lived so long did not die of how it was started.
    private static final Duration HEALTHY = Duration.ofMinutes(1);
    private static final int MOST_DEATHS = 10;
    private static final int BY_SIGNAL = 128;

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final Map<String, String> environment;
    private final IntPredicate ends;
    private final Consumer<String> talk;
    private Optional<Process> process = Optional.empty();
    private FutureTask<String> out = new FutureTask<>(() -> "");
    private Optional<Integer> ended = Optional.empty();
    private boolean stopping;
    private long startedAt;
    private long notBefore;
    private int deaths;
    private int restarts;

    /// @param environment what it finds there beside this process's own
    /// @param ends which exit codes are an end; with another one, and without a stop, it died
    /// @param talk for people
    Child(
            String name,
            List<String> command,
            Path folder,
            Map<String, String> environment,
            IntPredicate ends,
            Consumer<String> talk) {
        this.name = name;
        this.command = command;
        this.folder = folder;
        this.environment = environment;
        this.ends = ends;
        this.talk = talk;
    }

    void start() {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
        builder.environment().put(Leash.VARIABLE, "1");
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            Process started = builder.start();
            FutureTask<String> reading =
                    new FutureTask<>(() -> new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            Thread unused = Thread.ofVirtual().start(reading);
            out = reading;
            process = Optional.of(started);
            startedAt = System.nanoTime();
        } catch (IOException e) {
            throw WisentException.of(ErrorCode.PROCESS_DIED, "the " + name + " can't be started: " + e.getMessage())
                    .where(command.getFirst())
                    .causedBy(e);
        }
    }

    /// Looks whether it lives, and starts it again when it died and its pause is over. Fails when it dies again and again.
    void look() {
        if (ended.isPresent()) {
            return;
        }
        if (process.isEmpty()) {
            if (System.nanoTime() - notBefore >= 0) {
                restarts++;
                start();
            }
            return;
        }
        if (!process.get().isAlive()) {
            int code = process.get().exitValue();
            process = Optional.empty();
            if (stopping || ends.test(code)) {
                ended = Optional.of(code);
            } else {
                died(code);
            }
        }
    }

    private void died(int code) {
        deaths = System.nanoTime() - startedAt > HEALTHY.toNanos() ? 1 : deaths + 1;
        String how = code > BY_SIGNAL ? "by signal " + (code - BY_SIGNAL) : "with exit code " + code;
        if (deaths > MOST_DEATHS) {
            throw WisentException.of(
                            ErrorCode.PROCESS_DIED,
                            "the " + name + " died " + deaths + " times in a row, the last time " + how)
                    .where("the runner process");
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(deaths - 1, MOST_DOUBLINGS));
        talk.accept("warning: the " + name + " died " + how + "; it is started again");
        notBefore = System.nanoTime() + pause.toNanos();
    }

    /// Its exit code; empty while it lives, or will live again.
    Optional<Integer> ended() {
        return ended;
    }

    int restarts() {
        return restarts;
    }

    /// What it wrote to stdout before it ended.
    String out() {
        try {
            return out.get(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw WisentException.of(ErrorCode.PROCESS_DIED, "what the " + name + " said can't be read: " + e)
                    .causedBy(e);
        }
    }

    /// Asks it to stop; one that is just dead stays so.
    void stop() {
        stopping = true;
        if (process.isEmpty() && ended.isEmpty()) {
            ended = Optional.of(ErrorCode.INTERRUPTED.fault().exitCode());
        }
        process.ifPresent(living -> {
            try {
                living.getOutputStream().write(Leash.STOP);
                living.getOutputStream().flush();
            } catch (IOException e) {
                // It is ending.
            }
        });
    }

    /// Ends it here and now if it lives.
    @Override
    public void close() {
        process.ifPresent(living -> {
            living.destroyForcibly();
            try {
                living.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        process = Optional.empty();
    }
}
