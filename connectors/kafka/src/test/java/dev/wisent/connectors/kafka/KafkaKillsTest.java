package dev.wisent.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.KillSweep;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `wisent run` in JVMs of its own, killed and started again, from topics and into topics: each message once.
class KafkaKillsTest {
    private static final int SWEEP = 200;
    private static final int ROWS = 600;
    private static final int FILES = 24;
    /// A run begins with as many commits that hold no rows.
    private static final int CLAIMS = 4;
    private static final List<Boundary> EVERYDAY =
            List.of(Boundary.BEFORE_COMMIT, Boundary.MANIFEST_WRITTEN, Boundary.COMMITTED);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @TempDir
    Path folder;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);

    @AfterEach
    void close() {
        topics.close();
    }

    private static ChildCommand pipeline(Path working, String text) {
        write(working.resolve("pipeline.yml"), text);
        return ChildCommand.run(working, "pipeline.yml");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path out) {
        if (!Files.isDirectory(out)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".ndjson")).toList().stream()
                    .flatMap(KafkaKillsTest::read);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException gone) {
            return Stream.of();
        }
    }

    @Test
    void a_stream_that_is_killed_in_the_middle_and_stopped_holds_each_message_once() {
        String topic = topics.make("herd", 3);
        Path out = folder.resolve("out");
        ChildCommand command = pipeline(folder, """
                name: stream-%s
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", topics: [{name: %s}],
                  read_as: columns, schema: {fields: [{name: id, type: int64}]}}
                destination: {name: file, config: {path: out/, commit_interval: 0.2}}
                engine: {runner: {type: stream}}
                """.formatted(topic, broker.servers(), topic));
        int sent = 0;
        for (int life = 0; life < 3; life++) {
            try (ChildRun run = command.start()) {
                int until = sent + 500;
                while (sent < until) {
                    topics.sendSoon(message(topic, sent++));
                }
                topics.flush();
                if (life == 1) {
                    topics.grow(topic, 4);
                }
                int wanted = life == 2 ? sent : sent - 250;
                await(run, out, wanted);
                if (life < 2) {
                    run.send(Signal.KILL);
                    assertThat(run.await().exit()).isEqualTo(ChildResult.KILLED);
                } else {
                    run.send(Signal.TERM);
                    run.await().exits(130);
                }
            }
        }

        assertThat(lines(out)).hasSize(sent).doesNotHaveDuplicates();
    }

    @Test
    void the_group_shows_the_end_of_a_run_that_is_done() throws Exception {
        String topic = topics.make("herd", 1);
        topics.send(message(topic, 0));
        topics.send(message(topic, 3));
        pipeline(folder, """
                name: watched-%s
                source: {name: kafka, stream: herd, bootstrap_servers: "%s", topics: [{name: %s}], group_id: watch-%s}
                destination: {name: file, config: {path: "%s"}}
                """.formatted(topic, broker.servers(), topic, topic, folder.resolve("out/")))
                .here()
                .exits(0);

        assertThat(topics.admin()
                        .listConsumerGroupOffsets("watch-" + topic)
                        .partitionsToOffsetAndMetadata()
                        .get())
                .extractingByKey(new TopicPartition(topic, 0))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(2L);
    }

    @Test
    void a_stream_does_not_take_a_slow_broker_for_the_end_of_what_comes() {
        String topic = topics.make("slow", 3);
        for (int i = 0; i < 30; i++) {
            topics.sendSoon(message(topic, i));
        }
        topics.flush();
        ChildCommand command =
                pipeline(folder, """
                name: slow-%s
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", topics: [{name: %s}], read_as: columns}
                destination: {name: file, config: {path: "%s/"}}
                engine: {until_idle: 0.2, backend: {type: sqlite_in_memory}}
                """.formatted(topic, broker.proxiedServers(), topic, folder.resolve("out")));
        broker.proxy().set(Direction.TO_CLIENT, new Fault.Delay(Duration.ofMillis(400)));
        try {
            command.here().exits(0);
        } finally {
            broker.proxy().heal();
        }

        assertThat(lines(folder.resolve("out"))).hasSize(30).doesNotHaveDuplicates();
    }

    private static void await(ChildRun run, Path out, int wanted) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(100))
                    .until(() -> lines(out).count() >= wanted || !run.isAlive());
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(lines(out).count() + " rows instead of " + wanted + "\n" + run.talk(), late);
        }
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, int id) {
        return new ProducerRecord<>(topic, id % 3, null, ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> topics_that_are_read_to_their_ends_and_killed_at_random_end_with_the_same_rows() {
        return reading().atRandom(Long.getLong("wisent.seed", 1), 1);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> topics_that_are_read_to_their_ends_and_killed_at_each_boundary_end_with_the_same_rows() {
        return reading().atEachBoundary();
    }

    private KillSweep reading() {
        String topic = topics.make("sweep", 2);
        for (int i = 0; i < 4_000; i++) {
            topics.sendSoon(new ProducerRecord<>(
                    topic,
                    i % 2,
                    null,
                    ("{\"id\":" + i + ",\"note\":\"" + "n".repeat(300) + "\"}").getBytes(StandardCharsets.UTF_8)));
        }
        topics.flush();
        return KillSweep.of(folder, """
                name: sweep
                source: {name: kafka, stream: herd, sync_mode: incremental, bootstrap_servers: "%s", topics: [{name: %s}], read_as: columns}
                destination: {name: file, config: {path: out/, commit_interval: 0.05}}
                engine: {runner: {type: "${RUNNER}"}}
                """.formatted(broker.servers(), topic), working -> {
            RowBag bag = new RowBag();
            lines(working.resolve("out")).forEach(bag::add);
            return bag;
        });
    }

    /// Where the rows come from.
    private enum From {
        /// One split, which is in one lane.
        PAGES("name: generator, rows: " + ROWS + ", page_size: 20, sleep_ms: 10"),
        /// Splits in all lanes.
        FILES("name: files, path: \"${WORKING}/in/*.ndjson\"");

        private final String keys;

        From(String keys) {
            this.keys = keys;
        }
    }

    private ChildCommand intoTopics(String prefix, String mode, From from) {
        Path working = folder.resolve(prefix + mode);
        for (int file = 0; from == From.FILES && file < FILES; file++) {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < ROWS / FILES; row++) {
                lines.append("{\"id\":").append(ROWS / FILES * file + row).append("}\n");
            }
            write(working.resolve("in").resolve(file + ".ndjson"), lines.toString());
        }
        return pipeline(working, """
                name: %s
                source: {stream: orders, sync_mode: %s, %s}
                destination: {name: kafka, config: {bootstrap_servers: "%s", topic_prefix: %s., progress_topic: %s.progress,
                  destination_id: orders, partitions: 2, replication_factor: 1, commit_interval: 0.1}}
                """.formatted(
                prefix, mode, from.keys.replace("${WORKING}", working.toString()), broker.servers(), prefix, prefix));
    }

    private RowBag rows(String prefix) {
        RowBag bag = new RowBag();
        topics.read(prefix + ".orders")
                .forEach(message -> bag.add(new String(message.value(), StandardCharsets.UTF_8)));
        return bag;
    }

    private final Map<From, RowBag> undisturbed = new EnumMap<>(From.class);

    private RowBag undisturbed(From from) {
        return undisturbed.computeIfAbsent(from, each -> {
            String calm = "calm" + COUNTER.incrementAndGet();
            intoTopics(calm, "incremental", from).training().exits(0);
            RowBag all = rows(calm);
            assertThat(all.size()).isEqualTo(ROWS);
            return all;
        });
    }

    private DynamicTest killed(String name, String mode, From from, Boundary boundary, int passing) {
        return DynamicTest.dynamicTest(name + ", " + mode + " from " + from, () -> {
            RowBag expected = undisturbed(from);
            String prefix = "killed" + COUNTER.incrementAndGet();
            ChildCommand command = intoTopics(prefix, mode, from);
            assertThat(command.killedAt(boundary, passing).result().exit()).isIn(0, ChildResult.KILLED);
            command.here().exits(0);

            assertThat(rows(prefix).differences(expected)).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> a_run_into_topics_that_is_killed_at_a_boundary_leaves_each_row_once() {
        Random random = new Random(Long.getLong("wisent.seed", 1));
        return Stream.concat(
                EVERYDAY.stream()
                        .map(boundary -> killed(
                                "killed at " + boundary,
                                "incremental",
                                boundary == Boundary.MANIFEST_WRITTEN ? From.FILES : From.PAGES,
                                boundary,
                                CLAIMS + 1 + random.nextInt(3))),
                Stream.of(killed("killed at PUBLISHED", "full_refresh", From.FILES, Boundary.PUBLISHED, 1)));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_into_topics_that_are_killed_anywhere_leave_each_row_once() {
        long first = Long.getLong("wisent.seed", 1);
        return Stream.iterate(first, seed -> seed + 1).limit(SWEEP).map(seed -> {
            Random random = new Random(seed);
            Boundary boundary = Boundary.values()[random.nextInt(Boundary.values().length)];
            return killed(
                    "seed " + seed + " at " + boundary,
                    random.nextBoolean() ? "incremental" : "full_refresh",
                    From.values()[random.nextInt(2)],
                    boundary,
                    1 + random.nextInt(2 * CLAIMS + 4));
        });
    }
}
