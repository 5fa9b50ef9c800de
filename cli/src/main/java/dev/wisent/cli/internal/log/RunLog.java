package dev.wisent.cli.internal.log;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.error.WriteFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The log of one run, a line of JSON for each event. A line is given to the system before [#add] returns, so a process that is
/// killed leaves all it
/// said; nothing is fsynced. A log never fails a run: where it can't be written that is told once, and the gap is named when it
/// can be again. Several
/// threads.
public final class RunLog implements AutoCloseable {
    private final Path file;
    private final Path older;
    private final long halfOfMost;
    private final Supplier<ObjectNode> heading;
    private final Consumer<String> warn;
    private Optional<OutputStream> open = Optional.empty();
    private long bytes;
    private long missing;
    private boolean warned;

    /// @param most bytes of the whole log; a longer one loses its older half
    /// @param heading the event a log goes on with after it lost some
    /// @param warn told when events can't be kept, once
    public RunLog(
            LogFolder folder,
            String pipeline,
            String run,
            long most,
            Supplier<ObjectNode> heading,
            Consumer<String> warn) {
        this.file = folder.file(pipeline, run);
        this.older = folder.older(file);
        this.halfOfMost = most / 2;
        this.heading = heading;
        this.warn = warn;
    }

    /// Keeps `event`, whose texts are masked.
    public synchronized void add(ObjectNode event) {
        byte[] line = line(event);
        try {
            if (bytes > 0 && bytes + line.length > halfOfMost) {
                begin();
                write(line(heading.get()));
            }
            if (missing > 0) {
                // what was being written may have got in by half
                write(new byte[] {'\n'});
                write(line(heading.get().put("missing", missing)));
                missing = 0;
            }
            write(line);
        } catch (IOException e) {
            missing++;
            if (!warned) {
                warned = true;
                WisentException failure = WriteFailure.of(
                        ErrorCode.WRITE_FAILED, "the log of this run is not kept", file, line.length, e);
                warn.accept("warning[" + failure.code().id() + "]: " + failure.what() + ", " + file
                        + "; the run goes on without it");
            }
        }
    }

    private static byte[] line(ObjectNode event) {
        return (event + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// What is there becomes the older half.
    private void begin() throws IOException {
        close();
        Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        bytes = 0;
    }

    private void write(byte[] line) throws IOException {
        if (open.isEmpty()) {
            Files.createDirectories(file.getParent());
            // no channel: those are closed when a thread that writes is interrupted
            open = Optional.of(new FileOutputStream(file.toFile(), true));
        }
        open.get().write(line);
        bytes += line.length;
    }

    @Override
    public synchronized void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            warn.accept("warning: the log of this run may be cut off: " + e.getMessage());
        } finally {
            open = Optional.empty();
        }
    }
}
