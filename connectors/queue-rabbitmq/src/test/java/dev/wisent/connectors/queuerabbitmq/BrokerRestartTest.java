package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The broker all tests share dies in the middle of a run, as a machine that fails, and is started again with what it has on
/// disk: what arrives is what a run without a queue writes.
@Isolated
class BrokerRestartTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void a_broker_that_dies_in_the_middle_and_comes_back_costs_no_row() throws IOException {
        disturbed("thread", 40, 1);
    }

    @Tag("sweep")
    @Test
    void a_broker_that_dies_again_and_again_between_two_processes_costs_no_row() throws IOException {
        disturbed("process", 400, 3);
    }

    @Tag("sweep")
    @Test
    void a_queue_that_comes_back_without_a_leader_ends_the_run_when_the_time_for_tries_is_over() throws IOException {
        try (Broker broker = new Broker();
                ChildRun run = pipeline("restarted", 100, queue(broker, "lost") + ", retry: {budget: 5}")
                        .start()) {
            await(run, 2);
            broker.restartTooEarly();

            ChildResult ended = run.await(Duration.ofMinutes(4)).exits(3);
            assertThat(ended.errorCode()).isEqualTo("W8001");
        }
    }

    private void disturbed(String runner, int pages, int deaths) throws IOException {
        pipeline("plain", 1, "{type: memory}").here().exits(0);
        String queue = "{type: rabbitmq, config: {queue: {host: localhost, port: "
                + SharedBroker.broker().port() + ", queue_name: restarted-" + runner + "}}}";
        try (ChildRun run =
                pipeline("restarted", pages, queue).with("--runner", runner).start()) {
            for (int i = 0; i < deaths; i++) {
                long next = commits() + 2;
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> commits() >= next || !run.isAlive());
                assertThat(run.isAlive()).as(run.talk()).isTrue();
                SharedBroker.broker().restart();
            }
            run.await().exits(0);
        }

        assertThat(rows("plain").distinct()).isEqualTo(ROWS);
        assertThat(rows("restarted").differences(rows("plain"))).isEmpty();
    }

    private static String queue(Broker broker, String name) {
        return "{type: rabbitmq, config: {queue: {host: localhost, port: " + broker.port() + ", queue_name: " + name
                + "}}}";
    }

    private void await(ChildRun run, long commits) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> commits() >= commits || !run.isAlive());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private long commits() throws IOException {
        Path kept = folder.resolve("restarted/out/.wisent");
        if (!Files.isDirectory(kept)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(kept)) {
            return files.filter(file -> file.getFileName().toString().startsWith("manifest-"))
                    .count();
        }
    }

    private ChildCommand pipeline(String name, int pages, String queue) throws IOException {
        Path working = Files.createDirectories(folder.resolve(name));
        Files.writeString(working.resolve("pipeline.yml"), """
                name: %s
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: %d, sleep_ms: %d}
                destination: {name: file, config: {path: "%s/", format: ndjson, commit_interval: 0.2}}
                engine: {lease: {heartbeat: 0.2, expiry: 1}, backend: {database: "%s"}, queue: %s}
                """.formatted(
                        name,
                        ROWS,
                        ROWS / pages,
                        name.equals("plain") ? 0 : 100,
                        working.resolve("out"),
                        working.resolve("state.db"),
                        queue));
        return ChildCommand.run(working, "pipeline.yml");
    }

    private RowBag rows(String name) throws IOException {
        RowBag rows = new RowBag();
        try (Stream<Path> parts = Files.list(folder.resolve(name).resolve("out"))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(part).forEach(rows::add);
            }
        }
        return rows;
    }
}
