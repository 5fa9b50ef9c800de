package dev.wisent.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers, each of which is stopped and started again in turn, as when they are updated: leaders move under a run.
@Tag("sweep")
class SeveralBrokersTest {
    private static final int MESSAGES = 500;

    private static KafkaCluster cluster;
    private static Topics topics;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        cluster = KafkaCluster.start();
        topics = new Topics(cluster.servers());
    }

    @AfterAll
    static void stop() {
        topics.close();
        cluster.close();
    }

    @Test
    void messages_from_topic_to_topic_come_once_though_their_leaders_move() throws IOException {
        String from = topics.make("herd", 3);
        ChildCommand command = pipeline("""
                name: topics
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", topics: [{name: %s}],
                  read_as: columns, schema: {fields: [{name: id, type: int64}]}}
                destination: {name: kafka, config: {bootstrap_servers: "%s", destination_id: target, commit_interval: 0.2}}
                """.formatted(cluster.servers(), from, cluster.servers()));
        send(from, 0);
        try (ChildRun run = command.start()) {
            await(run, () -> arrived().count() >= MESSAGES);
            int[] sent = {MESSAGES};
            cluster.restartInTurn(topics, () -> {
                send(from, sent[0]);
                sent[0] += MESSAGES;
                await(run, () -> arrived().count() >= sent[0]);
            });
            run.send(Signal.TERM);
            run.await().exits(130);
        }

        List<String> all = IntStream.range(0, (1 + KafkaCluster.NODES) * MESSAGES)
                .mapToObj(SeveralBrokersTest::text)
                .toList();
        assertThat(arrived()).containsExactlyInAnyOrderElementsOf(all);
    }

    private ChildCommand pipeline(String text) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), text);
        return ChildCommand.run(folder, "pipeline.yml");
    }

    private static void send(String topic, int first) {
        for (int id = first; id < first + MESSAGES; id++) {
            topics.sendSoon(new ProducerRecord<>(topic, id % 3, null, text(id).getBytes(StandardCharsets.UTF_8)));
        }
        topics.flush();
    }

    private static String text(int id) {
        return "{\"id\":" + id + "}";
    }

    private static Stream<String> arrived() {
        return topics.read("target").stream().map(message -> new String(message.value(), StandardCharsets.UTF_8));
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }
}
