package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers came where timestamps were declared, and are told what they count afterwards.
class UnitsReplayTest {
    @TempDir
    Path folder;

    private void pipeline(String unit) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source:
                  name: files
                  stream: things
                  path: "%1$s/in/*.csv"
                  schema: {fields: [{name: id, type: int64}, {name: at, type: timestamp%2$s}]}
                destination: {name: file, config: {path: "%1$s/out"}}
                engine: {backend: {type: sqlite, config: {database: "%1$s/state.db"}}}
                error_handling: {on_bad_record: reject, dlq_path: "%1$s/rejects"}
                """.formatted(folder, unit));
    }

    @Test
    void rejected_numbers_are_timestamps_once_the_field_says_its_unit() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(
                folder.resolve("in/a.csv"), "id,at\n1,2025-11-20T10:00:00Z\n2,1763632800123\n3,1763632800123456789\n");
        Terminal terminal = new Terminal(folder, Connectors.installed());
        String first = "{\"id\":1,\"at\":\"2025-11-20T10:00:00Z\"}";
        pipeline("");
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(rows()).containsExactly(first);

        pipeline(", unit: ms");
        assertThat(terminal.run("rejects", "replay", "p.yml")).isZero();

        assertThat(rows()).containsExactlyInAnyOrder(first, "{\"id\":2,\"at\":\"2025-11-20T10:00:00.123000Z\"}");
        assertThat(terminal.run("rejects", "list", "p.yml")).isZero();
        assertThat(terminal.out()).contains("timestamp (unit ms) and can't hold 1763632800123456789");
        Files.writeString(folder.resolve("in/b.csv"), "id,at\n4,0\n");
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(rows()).hasSize(3).contains("{\"id\":4,\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
