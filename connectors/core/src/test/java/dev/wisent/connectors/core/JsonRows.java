package dev.wisent.connectors.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows as Jackson reads them: the text of each value by its name, nulls left out.
public final class JsonRows {
    /// Keeps every digit.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonRows() {}

    /// The lines of `path`, or of all files right in that folder.
    public static List<Map<String, String>> in(Path path) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.readAllLines(file).forEach(line -> rows.add(row(line)));
                }
            }
        } else if (Files.exists(path)) {
            Files.readAllLines(path).forEach(line -> rows.add(row(line)));
        }
        return rows;
    }

    public static Map<String, String> row(String line) {
        Map<String, String> row = new LinkedHashMap<>();
        MAPPER.readTree(line).properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isNull()) {
                row.put(entry.getKey(), value.isString() ? value.stringValue() : value.toString());
            }
        });
        return row;
    }
}
