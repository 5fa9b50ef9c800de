package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A destination that takes rows at a hundredth of its speed, while others keep coming: what it does not take waits in the
/// broker, and not in memory. The memory budget is small, and what comes is many times as large, so that it is used up when
/// the heap is first looked at.
@Execution(ExecutionMode.CONCURRENT)
class SlowDestinationTest {
    private static final Duration SLOW = Duration.ofSeconds(Integer.getInteger("slow.seconds", 600));
    /// They still come when it is fast again.
    private static final Duration COMING = SLOW.plus(SLOW.dividedBy(4));

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ROWS = 10_000_000;
    private static final int PAGES = 1_000;
    private static final int MESSAGES = 2_000;
    private static final int MESSAGE_BYTES = 20_000;
    private static final int BYTES_PER_SECOND = 20_000;
    /// What comes and goes all the while: 9 MB in the batch at hand, and 2 MB in the consumer of each of five lanes, which are
    /// empty at about the same time. With the loaders' fetch shares without limit there would be 54 MB more after two minutes.
    private static final long SWING = 24 << 20;

    @TempDir
    Path folder;

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void a_destination_at_a_hundredth_of_its_speed_costs_no_memory_no_connection_and_no_row(Through queue)
            throws IOException {
        PostgresServer.Database database = PostgresServer.shared().database();
        try (FaultProxy slow =
                        FaultProxy.to("localhost", PostgresServer.shared().port());
                ChildRun run = pipeline(slow.port(), queue, database).start()) {
            slow.set(Direction.TO_SERVICE, new Fault.Slow(BYTES_PER_SECOND));
            Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || count(database) > 0);
            work(run, SLOW.dividedBy(4));
            long memory = living(run);
            long connections = queue.proxy().connections();
            long rows = count(database);

            work(run, SLOW.minus(SLOW.dividedBy(4)));

            assertThat(count(database)).isBetween(rows + 1, ROWS - 1L);
            assertThat(queue.proxy().connections()).isEqualTo(connections);
            assertThat(living(run) - memory).isLessThan(SWING);
            slow.heal();
            run.await(PATIENCE).exits(0);
        }
        assertThat(database.ask("SELECT count(*) || ' ' || count(DISTINCT id) FROM slow"))
                .isEqualTo(ROWS + " " + ROWS);
    }

    /// The consumer is not asked for more than fits, and the broker's answer lies there for longer than an answer may take.
    @ResourceLock(Through.PROXY_OF_KAFKA)
    @Test
    void a_topic_on_its_way_into_a_slow_destination_costs_no_connection_and_no_row() throws IOException {
        PostgresServer.Database database = PostgresServer.shared().database();
        try (Topics topics = new Topics(KafkaBroker.shared());
                FaultProxy slow =
                        FaultProxy.to("localhost", PostgresServer.shared().port());
                ChildRun run = topic(slow.port(), filled(topics), database).start()) {
            slow.set(Direction.TO_SERVICE, new Fault.Slow(10 * BYTES_PER_SECOND));
            Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || count(database) > 0);
            long connections = KafkaBroker.shared().proxy().connections();

            work(run, Duration.ofSeconds(10));

            assertThat(KafkaBroker.shared().proxy().connections()).isEqualTo(connections);
            assertThat(count(database)).isLessThan(MESSAGES);
            slow.heal();
            run.await(PATIENCE).exits(0);
        }
        assertThat(database.ask("SELECT count(*) || ' ' || count(DISTINCT id) FROM slow"))
                .isEqualTo(MESSAGES + " " + MESSAGES);
    }

    private static String filled(Topics topics) {
        String topic = topics.make("slow", 2);
        String note = "n".repeat(MESSAGE_BYTES);
        for (int i = 0; i < MESSAGES; i++) {
            String value = "{\"id\":" + i + ",\"note\":\"" + note + "\"}";
            topics.sendSoon(new ProducerRecord<>(topic, i % 2, null, value.getBytes(StandardCharsets.UTF_8)));
        }
        topics.flush();
        return topic;
    }

    private ChildCommand topic(int port, String topic, PostgresServer.Database database) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: slow
                source: {name: kafka, stream: herd, sync_mode: incremental, bootstrap_servers: "%s", topics: [{name: %s}],
                  consumer_config: {request.timeout.ms: 2000},
                  read_as: columns, schema: {fields: [{name: id, type: int64}, {name: note, type: string}]}}
                destination: {name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres,
                  schema: public, destination_id: slow, commit_interval: 0.5, buffer_size: 0.1}}
                engine: {memory_budget: 4, runner: {type: thread, config: {max_workers: 1}}, backend: {database: "%s"}}
                """.formatted(
                KafkaBroker.shared().proxiedServers(), topic, port, database.name(), folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    private static void work(ChildRun run, Duration time) {
        ProcessHandle watched = ProcessHandle.of(run.pid()).orElseThrow();
        watched.onExit()
                .completeOnTimeout(watched, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private static long count(PostgresServer.Database database) {
        return database.ask("SELECT to_regclass('slow')").equals("null")
                ? 0
                : Long.parseLong(database.ask("SELECT count(*) FROM slow"));
    }

    /// The bytes of all objects in its heap, garbage left out.
    private static long living(ChildRun run) throws IOException {
        String total = Jcmd.ask(run, "GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findAny()
                .orElseThrow();
        return Long.parseLong(total.split("\\s+")[2]);
    }

    private ChildCommand pipeline(int port, Through queue, PostgresServer.Database database) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: slow
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: %d, sleep_ms: %d}
                destination: {name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres,
                  schema: public, destination_id: slow, commit_interval: 1, buffer_size: 0.1}}
                engine: {memory_budget: 4, runner: {type: thread, config: {max_workers: 1}}, queue: %s, backend: {database: "%s"}}
                """.formatted(
                        ROWS,
                        ROWS / PAGES,
                        COMING.dividedBy(PAGES).toMillis(),
                        port,
                        database.name(),
                        queue.proxied("slow"),
                        folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml").withJvm("-Xmx256m", "-Dwisent.heap.watch=true");
    }
}
