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
            return new DestinationHandle.Batches(
                    new MarkdownTable(file, file.resolveSibling(file.getFileName() + ".part")));
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
        var text = new StringBuilder();
        if (!Files.exists(to) || Files.size(to) == 0) {
            text.append(row(batch.schema().fields().stream().map(Field::name)));
            text.append(row(batch.columns().stream().map(c -> "---")));
        }
        IntStream.range(0, batch.rows())
                .forEach(r -> text.append(row(batch.columns().stream().map(c -> cell(c, r)))));
        Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(Column column, int row) {
        return switch (column) {
            case Column empty when empty.isNull(row) -> "";
            case LongColumn whole -> Long.toString(whole.get(row));
            case BytesColumn text -> text.string(row).replace('|', '/').replace('\n', ' ');
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
