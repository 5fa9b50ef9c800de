package dev.wisent.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// A command at work in a child JVM. Closing it kills what is left of it.
public final class ChildRun implements AutoCloseable {
    /// Generous: the machine may have other things to do.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long KIB = 1024;

    private final Process process;
    private final Path out;
    private final Path err;

    ChildRun(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Does nothing when the process has ended.
    public void send(Signal signal) {
        if (process.isAlive()) {
            signal.to(process.pid());
        }
    }

    /// Sends [Signal#STOP] and returns when it stands still.
    public void stop() {
        send(Signal.STOP);
    }

    /// The process that this one started with these arguments, in a row; waits for it.
    public ProcessHandle descendant(String... arguments) {
        return Awaitility.await("a process with " + String.join(" ", arguments))
                .atMost(PATIENCE)
                .until(() -> anyDescendant(arguments), Optional::isPresent)
                .orElseThrow();
    }

    /// One that there is now; empty: there is none.
    public Optional<ProcessHandle> anyDescendant(String... arguments) {
        String row = "\0" + String.join("\0", arguments) + "\0";
        return process.descendants()
                .filter(child -> commandLine(child).contains(row))
                .findAny();
    }

    /// Java leaves out long ones.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private String status() throws IOException {
        return Files.readString(Path.of("/proc/" + pid() + "/status"));
    }

    /// The most memory it has had resident, in bytes; empty: it has ended, or the system does not tell.
    public Optional<Long> peakMemory() {
        try {
            Matcher peak = PEAK.matcher(status());
            return peak.find() ? Optional.of(Long.parseLong(peak.group(1)) * KIB) : Optional.empty();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    /// Waits for its end.
    public ChildResult await() {
        return await(PATIENCE);
    }

    /// Waits for its end; a child that takes longer is killed after it has printed its threads.
    public ChildResult await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                send(Signal.QUIT);
                process.waitFor(1, TimeUnit.SECONDS);
                close();
                throw new AssertionError("still running after " + patience + "\n" + read(out) + "\n" + read(err));
            }
            return new ChildResult(process.exitValue(), read(out), read(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a child", e);
        }
    }

    /// Kills it after `delay`, unless it has ended by then.
    public ChildResult killedAfter(Duration delay) {
        try {
            if (!process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                send(Signal.KILL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return await();
    }

    /// What it has printed to stderr so far.
    public String talk() {
        return read(err);
    }

    /// What it has printed to stdout so far.
    public String told() {
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        send(Signal.KILL);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
