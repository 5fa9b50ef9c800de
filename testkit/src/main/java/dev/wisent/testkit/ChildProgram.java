package dev.wisent.testkit;

import dev.wisent.api.fault.Boundary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `main` of the tests' own that is run in JVMs of its own, many times: an AOT cache is made once, at the first of them. Safe
/// for many threads.
public final class ChildProgram {
    private final Class<?> main;
    private final List<String> training;
    private @Nullable ChildJvm jvm;

    /// @param main with a `main` method; it and what it needs are on the class path of the tests
    /// @param training arguments of a run that ends well and shows which classes are needed; relative paths are in a folder
    ///     that is
    ///     removed at the end of this JVM
    public ChildProgram(Class<?> main, String... training) {
        this.main = main;
        this.training = List.of(training);
    }

    /// Dies at the given passing of `boundary`, from 1, as if by SIGKILL, or ends before; what it prints is printed.
    ///
    /// @return its exit code
    public int killedAt(Boundary boundary, int passing, String... arguments) {
        return run(List.of("-Dwisent.fault=kill:" + boundary + ":" + passing), arguments);
    }

    /// Runs to its end; what it prints is printed.
    ///
    /// @return its exit code
    public int run(List<String> jvmOptions, String... arguments) {
        try {
            return new ProcessBuilder(jvm().command(jvmOptions, List.of(arguments)))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a child", e);
        }
    }

    private synchronized ChildJvm jvm() {
        ChildJvm made = jvm;
        if (made == null) {
            made = ChildJvm.of(main, training);
            jvm = made;
        }
        return made;
    }
}
