package dev.wisent.engine.reject;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Reads one file of rejects, a reject a chunk. The ordinal of a position is the number of its last line.
final class ReplayReader implements SplitReader {
    /// What a reject takes besides its bytes, about.
    private static final int OVERHEAD = 500;

    private final KeptRejects kept;
    private Optional<Open> open = Optional.empty();
    private long line;

    /// @param count how many rejects the commit that names the file says it has
    private record Open(SplitId split, Path path, long count, BufferedReader lines) {}

    ReplayReader(KeptRejects kept) {
        this.kept = kept;
    }

    @Override
    public void add(Split split, Position after) {
        String[] spec = split.spec().split(" ", 2);
        Path path = Path.of(spec[1]);
        close();
        try {
            BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8);
            open = Optional.of(new Open(split.id(), path, Long.parseLong(spec[0]), lines));
            for (line = 0; line < after.ordinal(); line++) {
                if (lines.readLine() == null) {
                    throw new IOException(
                            "it ends at line " + line + ", and line " + after.ordinal() + " was read once");
                }
            }
        } catch (IOException e) {
            throw KeptRejects.damaged(path, line, e);
        }
    }

    @Override
    public void pause(SplitId split) {}

    @Override
    public void resume(SplitId split) {}

    @Override
    public void remove(SplitId split) {
        if (open.filter(file -> file.split().equals(split)).isPresent()) {
            close();
        }
    }

    @Override
    public Fetched poll(Duration wait) {
        if (open.isEmpty()) {
            LockSupport.parkNanos(wait.toNanos());
            return new Fetched.Idle();
        }
        Open file = open.get();
        try {
            String text = file.lines().readLine();
            if (text == null) {
                if (line != file.count()) {
                    throw new IOException("it has " + line + " lines, and " + file.count() + " were written");
                }
                close();
                return new Fetched.Ended(file.split(), Optional.of(Position.at(line)));
            }
            line++;
            KeptReject reject = kept.parse(text, String.valueOf(file.path().getFileName()), line);
            return new Fetched.Chunk(
                    file.split(),
                    new Payload.Client(reject, reject.reject().raw().length + OVERHEAD),
                    System.currentTimeMillis() * 1_000,
                    Optional.of(Stand.safe(Position.at(line))));
        } catch (IOException | RuntimeException e) {
            throw KeptRejects.damaged(file.path(), line, e);
        }
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {}

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().lines().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open = Optional.empty();
    }
}
