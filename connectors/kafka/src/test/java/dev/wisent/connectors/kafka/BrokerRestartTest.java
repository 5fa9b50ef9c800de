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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that goes and comes back under a run that reads from it and writes into it.
class BrokerRestartTest {
    private static final int MESSAGES = 1_000;

    @TempDir
    Path folder;

    @Test
    void a_broker_that_is_stopped_and_started_under_a_stream_from_topic_to_topic_costs_no_message() throws IOException {
        try (KafkaBroker broker = KafkaBroker.start();
                Topics topics = new Topics(broker)) {
            String from = topics.make("herd", 2);
            send(topics, from, 0);
            try (ChildRun run = pipeline(broker, from).start()) {
                await(run, () -> rows(topics).count() >= MESSAGES / 2);
                broker.stop();
                broker.startAgain();
                send(topics, from, MESSAGES);
                await(run, () -> rows(topics).count() >= 2 * MESSAGES);
                run.send(Signal.TERM);
                run.await().exits(130);
            }

            List<String> sent = IntStream.range(0, 2 * MESSAGES)
                    .mapToObj(BrokerRestartTest::text)
                    .toList();
            assertThat(rows(topics)).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    private ChildCommand pipeline(KafkaBroker broker, String from) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: restarted
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", topics: [{name: %s}],
                  read_as: columns, schema: {fields: [{name: id, type: int64}]}}
                destination: {name: kafka, config: {bootstrap_servers: "%s", destination_id: herd, replication_factor: 1,
                  commit_interval: 0.2}}
                """.formatted(broker.servers(), from, broker.servers()));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    private static void send(Topics topics, String topic, int first) {
        for (int id = first; id < first + MESSAGES; id++) {
            topics.sendSoon(new ProducerRecord<>(topic, id % 2, null, text(id).getBytes(StandardCharsets.UTF_8)));
        }
        topics.flush();
    }

    private static String text(int id) {
        return "{\"id\":" + id + "}";
    }

    private static Stream<String> rows(Topics topics) {
        return topics.read("herd").stream().map(message -> new String(message.value(), StandardCharsets.UTF_8));
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }
}
