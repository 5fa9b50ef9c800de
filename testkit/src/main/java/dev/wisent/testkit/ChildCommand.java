package dev.wisent.testkit;

import dev.wisent.api.fault.Boundary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.spi.ToolProvider;

/// A command line of Wisent, to be run in a JVM of its own. Copied by each `with…`; safe for many threads.
///
/// @param folder the working folder; output goes to files in it
/// @param largestFile bytes any file may have, set by the system (`ulimit -f`); empty: no limit
/// @param wrapper a program and its arguments that starts the JVM, like a tracer
public record ChildCommand(
        Path folder, List<String> arguments, List<String> jvmOptions, OptionalLong largestFile, List<String> wrapper) {
    /// Started without a wrapper.
    public ChildCommand(Path folder, List<String> arguments, List<String> jvmOptions, OptionalLong largestFile) {
        this(folder, arguments, jvmOptions, largestFile, List.of());
    }

    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final int ULIMIT_BLOCK = 512;
    /// To make a cache takes a second JVM, and ten times what a child takes.
    private static final Duration TRAINING = Duration.ofMinutes(15);

    /// `wisent run FILE --json`, in `folder`.
    public static ChildCommand run(Path folder, String pipelineFile) {
        return new ChildCommand(folder, List.of("run", pipelineFile, "--json"), List.of(), OptionalLong.empty());
    }

    public ChildCommand with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new ChildCommand(folder, all, jvmOptions, largestFile, wrapper);
    }

    public ChildCommand withJvm(String... options) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of(options));
        return new ChildCommand(folder, arguments, all, largestFile, wrapper);
    }

    public ChildCommand withLargestFile(long bytes) {
        return new ChildCommand(folder, arguments, jvmOptions, OptionalLong.of(bytes), wrapper);
    }

    /// Started by `program`.
    public ChildCommand startedBy(String... program) {
        return new ChildCommand(folder, arguments, jvmOptions, largestFile, List.of(program));
    }

    /// Dies at the given passing of `boundary`, from 1, as if by SIGKILL.
    public ChildCommand killedAt(Boundary boundary, int passing) {
        return withJvm("-Dwisent.fault=kill:" + boundary + ":" + passing);
    }

    /// The thread that passes `boundary` for that time waits at `gate`.
    public ChildCommand heldAt(Boundary boundary, int passing, Gate gate) {
        return withJvm("-Dwisent.fault=hold:" + boundary + ":" + passing + ":" + gate.file());
    }

    public ChildRun start() {
        return start(ChildJvm.shared().command(jvmOptions, arguments));
    }

    private ChildRun start(List<String> command) {
        String name = "child-" + STARTED.incrementAndGet();
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(limited(command))
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new ChildRun(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> limited(List<String> command) {
        List<String> wrapped = new ArrayList<>(wrapper);
        if (largestFile.isPresent()) {
            String limit = "ulimit -f " + largestFile.getAsLong() / ULIMIT_BLOCK + "; exec \"$@\"";
            wrapped.addAll(List.of("sh", "-c", limit, "sh"));
        }
        wrapped.addAll(command);
        return wrapped;
    }

    /// Runs it in this JVM, which takes a tenth of what a JVM of its own takes: for the commands around the one a test kills,
    /// stops or limits. Paths in its pipeline must be absolute: relative ones belong to this JVM. Not under the runner
    /// `process`.
    ///
    /// @throws IllegalStateException when it has options, a limit or a wrapper that only a JVM of its own can have
    public ChildResult here() {
        if (!jvmOptions.isEmpty() || largestFile.isPresent() || !wrapper.isEmpty()) {
            throw new IllegalStateException("needs a JVM of its own: " + this);
        }
        List<String> inFolder = new ArrayList<>(List.of("--in", folder.toString()));
        inFolder.addAll(arguments);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = ToolProvider.findFirst("wisent")
                .orElseThrow(() -> new IllegalStateException("wisent-cli is not on the class path"))
                .run(new PrintStream(out), new PrintStream(err), inFolder.toArray(String[]::new));
        return new ChildResult(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Starts it and waits for its end.
    public ChildResult result() {
        try (ChildRun run = start()) {
            return run.await();
        }
    }

    /// As [#result]; and what it loads makes the AOT cache of all further children of this JVM, so that they start sooner: the
    /// cache they have without knows Wisent, and nothing of what a connector brings. For the first of a dozen children or more.
    /// The first call of a JVM counts, and only if it ends well. Not under the runner `process`, which hands its options on.
    public ChildResult training() {
        Optional<ChildJvm> untrained = ChildJvm.untrained();
        return untrained.map(this::trains).orElseGet(this::result);
    }

    private ChildResult trains(ChildJvm untrained) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(untrained.recording());
        try (ChildRun run = start(untrained.command(options, arguments))) {
            ChildResult result = run.await(TRAINING);
            if (result.exit() == 0) {
                untrained.trained();
            }
            return result;
        }
    }

    /// As [#training] of all `commands`, one after the other in one JVM: for tests whose children are of several kinds. Each
    /// must end well. Paths in their pipelines must be absolute, and of their JVMs' options none is kept.
    ///
    /// @param folder for what the JVM prints
    /// @return of the JVM; empty if there was a training
    public static Optional<ChildResult> training(Path folder, List<ChildCommand> commands) {
        List<String> all = new ArrayList<>();
        for (ChildCommand command : commands) {
            all.addAll(List.of("--in", command.folder.toString()));
            all.addAll(command.arguments);
            all.add(OneByOne.NEXT);
        }
        return ChildJvm.untrained()
                .map(jvm -> new ChildCommand(folder, all, List.of(), OptionalLong.empty())
                        .trains(jvm.running(OneByOne.class)));
    }
}
