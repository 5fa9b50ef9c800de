package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.SourceFactory;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.connectors.core.file.FileFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One stream, many targets: records of a source that names a topic for each.
class RoutingTest {
    private static final SourceFactory TOPICS =
            new WatchedDummy((batch, page) -> batch.routeTo(Optional.of("topic-" + page)));

    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(folder, Connectors.holding(List.of(TOPICS), List.of(new FileFactory())));
    }

    @Test
    void the_records_of_each_topic_arrive_in_the_target_that_its_stream_names() throws IOException {
        write("integer");
        Terminal terminal = terminal();

        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        Map<String, List<String>> targets = targets();
        assertThat(targets.keySet()).containsExactly("shop.raw.one", "shop.raw.two", "topic-3");
        assertThat(targets.get("shop.raw.one")).containsExactly("{\"id\":9898}", "{\"id\":88787}");
        assertThat(targets.get("shop.raw.two"))
                .hasSize(2)
                .allMatch(row -> row.contains("\"destination_id\":\"shop.raw.two\""));
        assertThat(targets.get("topic-3")).as("which no stream picks").hasSize(1);
    }

    @Test
    void a_record_that_becomes_a_reject_is_replayed_into_its_own_target() throws IOException {
        write("boolean");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("\"rejected\":2");
        assertThat(targets()).doesNotContainKey("shop.raw.one");

        write("integer");
        assertThat(terminal.run("rejects", "replay", "p.yml"))
                .as(terminal.err())
                .isZero();

        assertThat(targets().get("shop.raw.one")).containsExactlyInAnyOrder("{\"id\":9898}", "{\"id\":88787}");
        assertThat(targets()).doesNotContainKey("watched_creatures");
    }

    private void write(String type) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: routed
                source: {name: watched, stream: creatures, sync_mode: stream}
                destination: {name: file, config: {path: '%s/out/', unnest: true, commit_interval: 0.05}}
                engine: {until_idle: 0.3}
                streams:
                  - name: one
                    source: {topic: topic-1}
                    destination: {table_id: shop.raw.one, record_schema: [{name: id, type: %s, mode: REQUIRED}]}
                  - name: two
                    source: {topic: topic-2}
                    destination: {table_id: shop.raw.two}
                """.formatted(folder, type));
    }

    /// The rows of each folder below the output.
    private Map<String, List<String>> targets() throws IOException {
        Map<String, List<String>> targets = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson"))
                    .filter(f -> !f.toString().contains(".wisent"))
                    .sorted()
                    .toList()) {
                targets.merge(
                        String.valueOf(file.getParent().getFileName()),
                        Files.readAllLines(file),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
            }
        }
        return targets;
    }
}
