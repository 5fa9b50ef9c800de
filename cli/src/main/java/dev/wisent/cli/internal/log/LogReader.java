package dev.wisent.cli.internal.log;

import dev.wisent.api.RunId;
import dev.wisent.api.state.Holder;
import dev.wisent.engine.RunHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads a log that may still grow: whole lines only, each once. What a full disk or a kill left of a line is passed over. One
/// thread.
public final class LogReader implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private final ObjectMapper json = new ObjectMapper();
    private final LogFolder.Kept log;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private Optional<Open> open = Optional.empty();
    private Optional<Holder> writer = Optional.empty();
    private boolean finished;

    private record Open(InputStream in, Object identity) {}

    public LogReader(LogFolder.Kept log) {
        this.log = log;
    }

    /// The events that came since the last call, in their order; the first call begins with the older half.
    public List<ObjectNode> next() {
        List<ObjectNode> events = new ArrayList<>();
        try {
            if (open.isEmpty()) {
                open();
                olderHalf(events);
            }
            rest(events);
            while (isReplaced()) {
                // the writer has moved it away and begun another: nothing is added any more to the one that is open
                rest(events);
                close();
                open();
                rest(events);
            }
        } catch (IOException e) {
            throw LogFolder.unreadable(log.file(), e);
        }
        return events;
    }

    private void open() throws IOException {
        try {
            open = Optional.of(new Open(Files.newInputStream(log.file()), identity(log.file())));
        } catch (NoSuchFileException between) {
            open = Optional.empty(); // moved away, and not begun again; or dropped
        }
    }

    /// Unless it is the one that is open: moved there a moment ago.
    private void olderHalf(List<ObjectNode> events) throws IOException {
        try (InputStream in = Files.newInputStream(log.older())) {
            if (open.isEmpty() || !identity(log.older()).equals(open.get().identity())) {
                drain(in, events);
            }
        } catch (NoSuchFileException none) {
            return; // a short log has no older half
        }
    }

    private void rest(List<ObjectNode> events) throws IOException {
        if (open.isPresent()) {
            drain(open.get().in(), events);
        }
    }

    private void drain(InputStream in, List<ObjectNode> events) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int n = in.read(block); n > 0; n = in.read(block)) {
            for (int i = 0; i < n; i++) {
                if (block[i] == '\n') {
                    line(begun.toString(StandardCharsets.UTF_8), events);
                    begun.reset();
                } else {
                    begun.write(block[i]);
                }
            }
        }
    }

    private void line(String line, List<ObjectNode> events) {
        try {
            if (json.readTree(line) instanceof ObjectNode event) {
                events.add(event);
                finished |= event.path("event").stringValue("").equals("finished");
                writer = holder(event).or(() -> writer);
            }
        } catch (JacksonException | DateTimeException cutOff) {
            return;
        }
    }

    private static Optional<Holder> holder(ObjectNode event) {
        if (!event.has("pid")) {
            return Optional.empty();
        }
        Instant start = Instant.parse(event.path("process_started").stringValue(""));
        RunId run = new RunId(event.path("run_id").stringValue("?"));
        return Optional.of(new Holder(
                run, event.path("host").stringValue(""), event.path("pid").longValue(0), start, start));
    }

    /// Whether the run's last event was read.
    public boolean isFinished() {
        return finished;
    }

    /// Whether nothing comes any more though the run's last event was not read: nobody is named as its writer, or that process
    /// is known to be gone
    /// from this machine.
    public boolean isAbandoned() {
        return !finished
                && writer.map(holder -> holder.isGone(RunHistory.host())).orElse(true);
    }

    private boolean isReplaced() throws IOException {
        return open.isPresent()
                && Files.exists(log.file())
                && !identity(log.file()).equals(open.get().identity());
    }

    private static Object identity(Path file) throws IOException {
        return Objects.requireNonNullElse(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "");
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().in().close();
            }
        } catch (IOException e) {
            throw LogFolder.unreadable(log.file(), e);
        } finally {
            open = Optional.empty();
        }
    }
}
