package dev.wisent.cli.kill;

import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Gzip files of NDJSON events for the files source, some of them there from the beginning, one late.
final class EventFiles {
    static final String GLOB = "in/*.ndjson.gz";
    private static final int FILES = 12;
    private static final int ROWS_A_FILE = 1000;

    private EventFiles() {}

    static void writeEarly(Path folder) {
        for (int file = 0; file < FILES; file++) {
            write(folder, file);
        }
    }

    static void writeLate(Path folder) {
        write(folder, FILES);
    }

    /// Every row of all files, the late one included.
    static RowBag rows() {
        RowBag rows = new RowBag();
        for (int file = 0; file <= FILES; file++) {
            text(file).lines().forEach(rows::add);
        }
        return rows;
    }

    private static void write(Path folder, int file) {
        Path input = folder.resolve("in");
        Path hidden = folder.resolve("being-written.gz");
        try {
            Files.createDirectories(input);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(hidden))) {
                out.write(text(file).getBytes(StandardCharsets.UTF_8));
            }
            Files.move(hidden, input.resolve("events-%03d.ndjson.gz".formatted(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(int file) {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < ROWS_A_FILE; row++) {
            int id = file * ROWS_A_FILE + row;
            lines.append("{\"id\":" + id + ",\"user\":\"u" + id % 97 + "\",\"text\":\"event " + id + " of file " + file
                    + "\"}\n");
        }
        return lines.toString();
    }
}
