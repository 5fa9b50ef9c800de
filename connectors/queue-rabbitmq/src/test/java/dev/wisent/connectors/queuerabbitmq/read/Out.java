package dev.wisent.connectors.queuerabbitmq.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a run has written into a folder.
record Out(Path folder) {
    /// The records inside the envelopes.
    List<JsonNode> records() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .flatMap(Out::lines)
                    .map(line -> JsonMapper.shared().readTree(line).get("source_data"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Their `id`, in order.
    List<Integer> ids() {
        return records().stream()
                .map(each -> each.path("value").isObject() ? each.get("value") : each)
                .map(each -> each.get("id").intValue())
                .sorted()
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
