package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of topics while a stream of them is read.
class ChangingTopicsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STOPPED = 130;
    private static final int ROUNDS = 30;
    private static final Pattern VALUE = Pattern.compile("\"source_data\":(\\d+)");

    @TempDir
    Path folder;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);

    @AfterEach
    void close() {
        topics.close();
    }

    private ChildCommand pipeline(String keys) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: changing
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", read_as: value, %s}
                destination: {name: file, config: {path: "%s/out/", commit_interval: 0.1}}
                """.formatted(broker.servers(), keys, folder));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    private List<String> rows() {
        if (!Files.isDirectory(folder.resolve("out"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .flatMap(ChangingTopicsTest::lines)
                    .flatMap(line -> VALUE.matcher(line).results().map(found -> found.group(1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(ChildRun run, List<String> expected) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || rows().size() >= expected.size());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void anew(String topic) {
        topics.delete(topic);
        Awaitility.await().ignoreExceptions().until(() -> {
            topics.makeNamed(topic, 1, Map.of());
            return true;
        });
    }

    private void send(String topic, int from, int to) {
        IntStream.range(from, to).forEach(id -> topics.send(topic, 0, Integer.toString(id)));
    }

    private static List<String> ids(int... bounds) {
        return IntStream.range(0, bounds.length / 2)
                .flatMap(i -> IntStream.range(bounds[2 * i], bounds[2 * i + 1]))
                .mapToObj(Integer::toString)
                .toList();
    }

    @Test
    void a_topic_that_is_made_anew_with_less_in_it_is_read_from_its_beginning() throws IOException {
        String topic = topics.make("anew", 1);
        send(topic, 0, 5);
        try (ChildRun run = pipeline("topics: [{name: " + topic + "}]").start()) {
            await(run, ids(0, 5));
            anew(topic);
            send(topic, 100, 102);

            await(run, ids(0, 5, 100, 102));
            run.send(Signal.TERM);
            assertThat(run.await(PATIENCE).exits(STOPPED).err()).contains("was deleted and made anew");
        }
    }

    /// When the client looks again there are messages at its offset: those of another topic.
    @Test
    void a_topic_that_is_made_anew_with_more_in_it_is_read_from_its_beginning() throws IOException {
        String topic = topics.make("anew", 1);
        send(topic, 0, 5);
        try (ChildRun run = pipeline("topics: [{name: " + topic + "}]").start()) {
            await(run, ids(0, 5));
            run.send(Signal.STOP);
            anew(topic);
            send(topic, 100, 150);
            run.send(Signal.CONT);

            await(run, ids(0, 5, 100, 150));
            run.send(Signal.TERM);
            run.await(PATIENCE).exits(STOPPED);
            assertThat(rows()).containsExactlyInAnyOrderElementsOf(ids(0, 5, 100, 150));
        }
    }

    /// The more there is in the new one when the client looks again, the more it would take for the old one's.
    @Tag("sweep")
    @Test
    void a_topic_that_is_made_anew_again_and_again_is_never_mixed_with_what_it_was() throws IOException {
        Random random = new Random(Long.getLong("wisent.seed", 1));
        String topic = topics.make("anew", 1);
        List<String> expected = new ArrayList<>();
        try (ChildRun run = pipeline("topics: [{name: " + topic + "}]").start()) {
            for (int round = 0; round < ROUNDS; round++) {
                int from = round * 10_000;
                int to = from + 1 + random.nextInt(round % 3 == 0 ? 1_000 : 20);
                IntStream.range(from, to)
                        .forEach(id -> topics.sendSoon(new ProducerRecord<>(
                                topic, 0, null, Integer.toString(id).getBytes(StandardCharsets.UTF_8))));
                topics.flush();
                run.send(Signal.CONT);
                expected.addAll(ids(from, to));
                await(run, expected);
                run.send(Signal.STOP);
                anew(topic);
            }
            run.send(Signal.CONT);
            run.send(Signal.TERM);
            run.await(PATIENCE).exits(STOPPED);
        }
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_topic_that_comes_to_a_pattern_and_a_partition_that_comes_to_a_topic_are_read_from_their_beginning()
            throws IOException {
        String stem = topics.make("pattern", 1);
        String one = topics.make(stem + ".one", 1);
        send(one, 0, 5);
        String keys = "topics: [{pattern: '" + stem + "\\..*'}], start_from: latest";
        try (ChildRun run = pipeline(keys).start()) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                topics.send(one, 0, "6");
                return !run.isAlive() || !rows().isEmpty();
            });
            assertThat(rows()).as("from the end").isNotEmpty().containsOnly("6");

            String two = topics.make(stem + ".two", 1);
            send(two, 100, 105);
            topics.grow(one, 2);
            IntStream.range(200, 205).forEach(id -> topics.send(one, 1, Integer.toString(id)));

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !run.isAlive() || rows().containsAll(ids(100, 105, 200, 205)));
            run.send(Signal.TERM);
            run.await(PATIENCE).exits(STOPPED);
            assertThat(rows().stream().filter(row -> !row.equals("6")))
                    .containsExactlyInAnyOrderElementsOf(ids(100, 105, 200, 205));
        }
    }
}
