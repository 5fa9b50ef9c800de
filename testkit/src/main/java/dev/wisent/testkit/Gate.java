package dev.wisent.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/// Holds a child at a boundary: it makes the file when it comes there, and goes on when the file is gone.
public record Gate(Path file) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Returns when a child stands at it.
    public void awaitReached() {
        Awaitility.await("a child at " + file).atMost(PATIENCE).until(this::isReached);
    }

    public boolean isReached() {
        return Files.exists(file);
    }

    public void open() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
