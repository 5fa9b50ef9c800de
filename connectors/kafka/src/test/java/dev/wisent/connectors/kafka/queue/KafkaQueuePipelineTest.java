package dev.wisent.connectors.kafka.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import dev.wisent.testkit.fault.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Whole runs as a user starts them, through a real broker into files; what arrives is what a run without a queue writes.
@Execution(ExecutionMode.CONCURRENT)
class KafkaQueuePipelineTest {
    private static final int ROWS = 20_000;
    /// At least: how many rows a message has depends on how fast they come.
    private static final int ROWS_AND_END = 2;

    @TempDir
    static Path folder;

    @Test
    void what_went_through_the_queue_is_what_a_run_without_one_writes() throws IOException {
        run("plain", "", "incremental").here().exits(0);
        run("queued", queue(KafkaBroker.shared().servers(), "queued"), "incremental")
                .here()
                .exits(0);

        assertThat(rows("queued")).hasSize(ROWS).isEqualTo(rows("plain"));
    }

    @Test
    void a_full_refresh_is_published_once_and_again() throws IOException {
        ChildCommand refresh = run("refresh", queue(KafkaBroker.shared().servers(), "refresh"), "full_refresh");
        refresh.here().exits(0);
        refresh.here().exits(0);

        assertThat(rows("refresh")).hasSize(ROWS);
    }

    @Test
    void killed_in_the_middle_the_next_run_brings_every_row_once() throws IOException {
        String queue = queue(KafkaBroker.shared().servers(), "killed");
        try (ChildRun first =
                run("killed", queue, "incremental\n  sleep_ms: 100").start()) {
            await(first, "killed", 4);
            first.send(Signal.KILL);
            assertThat(first.await().exit()).isEqualTo(ChildResult.KILLED);
        }
        run("killed", queue, "incremental").here().exits(0);

        assertOnce("killed");
    }

    @Test
    void what_a_killed_run_left_for_a_destination_that_was_emptied_is_never_loaded() throws IOException {
        String queue = queue(KafkaBroker.shared().servers(), "emptied");
        ChildCommand run = run("emptied", queue, "incremental");
        try (ChildRun extract = run.with("--role", "extract").start();
                Topics topics = new Topics(KafkaBroker.shared())) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !extract.isAlive() || messages(topics, "emptied.") >= ROWS_AND_END);
            assertThat(extract.isAlive()).as(extract.talk()).isTrue();
        }
        Files.move(folder.resolve("emptied"), folder.resolve("emptied-before"));
        new ChildCommand(folder, List.of("state", "accept", "emptied.yml"), List.of(), OptionalLong.empty())
                .here()
                .exits(0);
        ChildResult told = run.here().exits(0);

        assertThat(told.err()).containsPattern("\\d+ messages of extraction .* were dropped");
        assertOnce("emptied");
    }

    private static long messages(Topics topics, String prefix) throws Exception {
        long all = 0;
        for (String topic : topics.admin().listTopics().names().get()) {
            TopicPartition lane = new TopicPartition(topic, 0);
            all += topic.startsWith(prefix)
                    ? topics.admin()
                            .listOffsets(Map.of(lane, OffsetSpec.latest()))
                            .partitionResult(lane)
                            .get()
                            .offset()
                    : 0;
        }
        return all;
    }

    @Test
    void a_broker_that_is_stopped_and_started_in_the_middle_costs_no_row() throws IOException {
        try (KafkaBroker broker = KafkaBroker.start();
                ChildRun run = run("restarted", queue(broker.servers(), "restarted"), "incremental\n  sleep_ms: 100")
                        .start()) {
            await(run, "restarted", 4);
            broker.stop();
            broker.startAgain();

            run.await().exits(0);
        }
        assertOnce("restarted");
    }

    @Test
    void connections_that_are_reset_cost_no_row() throws IOException {
        KafkaBroker broker = KafkaBroker.shared();
        try (ChildRun run = run("reset", queue(broker.proxiedServers(), "reset"), "incremental\n  sleep_ms: 100")
                .start()) {
            await(run, "reset", 4);
            broker.proxy().end(Ending.RESET);
            await(run, "reset", 8);
            broker.proxy().end(Ending.RESET);

            run.await().exits(0);
        }
        assertOnce("reset");
    }

    /// The rows of the generator are the same in each run.
    private static void assertOnce(String name) throws IOException {
        assertThat(rows(name)).hasSize(ROWS).doesNotHaveDuplicates();
    }

    private static void await(ChildRun run, String name, int commits) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(folder.resolve(name + "/.wisent/manifest-" + commits)) || !run.isAlive());
    }

    private static String queue(String servers, String topic) {
        return "queue: {type: kafka, config: {queue: {bootstrap_server: \"" + servers + "\", topic: " + topic + "}}}";
    }

    private static ChildCommand run(String name, String queue, String mode) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                source:
                  name: generator
                  stream: orders
                  rows: %d
                  page_size: 500
                  sync_mode: %s
                destination: {name: file, config: {path: "%s/", format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  %s
                """.formatted(name, ROWS, mode, folder.resolve(name), queue));
        return ChildCommand.run(folder, name + ".yml");
    }

    private static List<String> rows(String name) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve(name))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(part));
            }
        }
        rows.sort(null);
        return rows;
    }
}
