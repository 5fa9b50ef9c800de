package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One stream of many topics, each with a target of its own.
class TopicTargetsTest {
    @TempDir
    Path folder;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String users = topics.make("target-users", 2);
    private final String orders = topics.make("target-orders", 1);

    @AfterEach
    void close() {
        topics.close();
    }

    private void run(String routing) throws IOException {
        topics.send(users, 0, "{\"id\":1}");
        topics.send(users, 1, "{\"id\":2}");
        topics.send(orders, 0, "{\"id\":3}");
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: routed
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", read_as: columns%s
                destination: {name: file, config: {path: "%s/out/", destination_id: others}}
                engine: {until_idle: 1}
                """.formatted(broker.servers(), routing, folder));
        ChildCommand.run(folder, "pipeline.yml").here().exits(0);
    }

    private List<String> rows(String target) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .filter(file ->
                            String.valueOf(file.getParent().getFileName()).equals(target))
                    .flatMap(TopicTargetsTest::lines)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_topic_s_destination_id_says_where_its_rows_go() throws IOException {
        run(", topics: [{name: %s, destination_id: people}, {pattern: \"%s\", destination_id: \"raw.{topic}\"}]}"
                .formatted(users, orders));

        assertThat(rows("people")).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(rows("raw." + orders)).containsExactly("{\"id\":3}");
    }

    @Test
    void streams_say_where_the_rows_of_their_topics_go() throws IOException {
        run("""
                }
                streams:
                  - {name: people, source: {topic: %s}, destination: {table_id: zoo.shop.people}}
                  - {name: sold, source: {topic: %s}, destination: {table_id: zoo.shop.sold}}""".formatted(users, orders));

        assertThat(rows("zoo.shop.people")).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(rows("zoo.shop.sold")).containsExactly("{\"id\":3}");
    }
}
