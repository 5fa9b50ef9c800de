package com.example.markdown;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.*;
import dev.wisent.api.destination.*;
import dev.wisent.columnar.*;
import java.io.IOException;
import java.nio.file.*;
import java.util.stream.*;

/// A table in one file. A full refresh is written beside it and takes its place when it is complete.
public record MarkdownTable(Path file, Path refreshed) implements BatchDestination {
    /// Makes the destination that a pipeline calls `name: markdown`.
    public static final class Factory implements DestinationFactory {
        private static final Key<String> PATH =
                Key.text("path").about("the file").required();

        public String name() {
            return "markdown";
        }

        public String summary() {
            return "a table in a Markdown file; at least once";
        }

        public ConfigShape keys() {
            return ConfigShape.of(PATH);
        }

        public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
            Path file = Path.of(config.read(PATH)).toAbsolutePath();
            return new DestinationHandle.Batches(new MarkdownTable(file, Path.of(file + ".part")));
        }
    }

    public void check() throws IOException {
        Files.createDirectories(file.getParent());
    }

    public void begin() throws IOException {
        check();
        Files.writeString(refreshed, "");
    }

    public void write(TargetId target, RecordBatch batch) throws IOException {
        Path to = Files.exists(refreshed) ? refreshed : file; // a refresh is under way
        String there = Files.exists(to) ? Files.readString(to) : "";
        String names = row(batch.schema().fields().stream().map(Field::name));
        if (!there.isEmpty() && !there.startsWith(names)) {
            throw new IOException("the table in " + to + " has other columns than " + names);
        }
        var text = new StringBuilder(there.isEmpty() ? names + names.replaceAll("[^|\\n]+", " --- ") : "");
        IntStream.range(0, batch.rows())
                .forEach(r -> text.append(row(batch.columns().stream().map(c -> cell(c, r)))));
        Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    }

    private static String row(Stream<String> cells) {
        return cells.map(c -> c.replace("&", "&amp;").replace("|", "&#124;").replace("\n", "&#10;"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(Column column, int row) {
        return switch (column.type()) {
            case DataType any when column.isNull(row) -> "";
            case DataType.Int whole -> Long.toString(((LongColumn) column).get(row));
            case DataType.Text text -> ((BytesColumn) column).string(row);
            default -> throw new IllegalArgumentException("no cell can hold " + column.type());
        };
    }

    public void publish() throws IOException {
        Files.move(refreshed, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public String location() {
        return file.toString();
    }
}
