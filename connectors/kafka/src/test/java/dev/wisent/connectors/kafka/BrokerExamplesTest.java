package dev.wisent.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipelines of `examples/brokers`, as they stand there but for the broker's address, which is that of the tests.
class BrokerExamplesTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void the_queue_in_kafka_hands_every_order_from_one_process_to_the_other() throws IOException {
        run("kafka-queue.yml", "localhost:9092");

        try (Stream<Path> files = Files.list(folder.resolve("out-kafka"))) {
            long lines = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(file).size();
            }
            assertThat(lines).isEqualTo(ROWS);
        }
    }

    @Test
    void a_topic_gets_every_order_once_however_often_it_runs() throws IOException {
        run("redpanda-topic.yml", "localhost:19092");
        run("redpanda-topic.yml", "localhost:19092");

        try (Topics topics = new Topics(KafkaBroker.shared())) {
            assertThat(topics.read("orders")).hasSize(ROWS);
        }
    }

    private void run(String name, String address) throws IOException {
        String text = Files.readString(Path.of("../../examples/brokers", name));
        assertThat(text).contains('"' + address + '"');
        Files.writeString(
                folder.resolve(name), text.replace(address, KafkaBroker.shared().servers()));
        ChildCommand.run(folder, name).result().exits(0);
    }
}
