package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// CSV parts, read by a reader of their own: RFC 4180, and an empty cell is no value, `""` an empty text.
class CsvFolderContractTest extends DestinationContract {
    private static final long BASE_EVERY = 5;

    @TempDir
    Path folder;

    @Override
    protected Destination open() {
        return new FileDestination(Run.options(folder.resolve("out"), Format.CSV, BASE_EVERY));
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws IOException {
        Path out = folder.resolve("out");
        Path parts = target.equals(ORDERS) ? out : out.resolve(target.name());
        List<Map<String, String>> rows = new ArrayList<>();
        if (Files.isDirectory(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    rows.addAll(rows(Files.readString(file)));
                }
            }
        }
        return rows;
    }

    private static List<Map<String, String>> rows(String text) {
        List<List<String>> lines = lines(text);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                String cell = line.get(i);
                if (!cell.isEmpty()) {
                    row.put(value(lines.getFirst().get(i)), value(cell));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static String value(String cell) {
        return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
    }

    /// The cells as they are written, quotes and all.
    private static List<List<String>> lines(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                line.add(text.substring(start, i));
                start = i + 1;
            } else if (c == '\n' && !quoted) {
                line.add(text.substring(start, i - 1));
                start = i + 1;
                lines.add(line);
                line = new ArrayList<>();
            }
        }
        return lines;
    }
}
