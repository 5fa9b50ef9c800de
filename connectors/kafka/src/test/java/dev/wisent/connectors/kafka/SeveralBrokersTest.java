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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final int PAGE = 20;
    /// Of the generator's stream without end.
    private static final int SPLITS = 4;
    /// So many need rows that came after the wait for them began.
    private static final int COMMITS = 20;
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

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

    /// Rows come all the while, without end. How many there are differs each time; there must be no gap.
    @Test
    void through_the_queue_kafka_with_three_brokers_stopped_and_started_in_turn_each_row_once() throws IOException {
        ChildCommand command = pipeline("""
                name: queued
                source: {name: generator, stream: orders, sync_mode: stream, page_size: %d, sleep_ms: 50}
                destination: {name: file, config: {path: out/, format: ndjson, commit_interval: 0.2}}
                engine: {queue: {type: kafka, config: {queue: {bootstrap_servers: "%s", topic: queued}}}}
                """.formatted(PAGE, cluster.servers()));
        try (ChildRun run = command.start()) {
            awaitCommits(run);
            cluster.restartInTurn(topics, () -> awaitCommits(run));
            awaitCommits(run);
            run.send(Signal.TERM);
            run.await().exits(130);
        }

        Map<Integer, List<Integer>> splits =
                ids().stream().sorted().collect(Collectors.groupingBy(id -> (id - 1) / PAGE % SPLITS));
        assertThat(splits).hasSize(SPLITS);
        splits.forEach((split, ids) -> assertThat(ids).isEqualTo(first(ids.size(), split)));
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

    private void awaitCommits(ChildRun run) {
        int before = commits();
        await(run, () -> commits() >= before + COMMITS);
    }

    private int commits() {
        String[] names = folder.resolve("out/.wisent").toFile().list((dir, name) -> name.startsWith("manifest-"));
        return names == null ? 0 : names.length;
    }

    private List<Integer> ids() throws IOException {
        List<Integer> ids = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve("out"))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                try (Stream<String> rows = Files.lines(part)) {
                    rows.map(ID::matcher)
                            .filter(Matcher::find)
                            .map(id -> Integer.valueOf(id.group(1)))
                            .forEach(ids::add);
                }
            }
        }
        return ids;
    }

    /// The first `count` ids of a split: the splits have a page each in turn.
    private static List<Integer> first(int count, int split) {
        return IntStream.range(0, count)
                .mapToObj(n -> (n / PAGE * SPLITS + split) * PAGE + n % PAGE + 1)
                .toList();
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }
}
