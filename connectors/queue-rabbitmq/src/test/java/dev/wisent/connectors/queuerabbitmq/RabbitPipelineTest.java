package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs as a user starts them, through a real broker into files; what arrives is what a run without a queue writes.
class RabbitPipelineTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void what_went_through_the_queue_is_what_a_run_without_one_writes() throws Exception {
        run("plain", "");
        run("queued", queue("all"));

        assertThat(rows("queued")).hasSize(ROWS).isEqualTo(rows("plain"));
    }

    @Test
    void a_full_refresh_is_published_once_and_again() throws Exception {
        write("refresh", queue("refresh"), "sync_mode: full_refresh");
        command("run", "refresh").here().exits(0);
        command("run", "refresh").here().exits(0);

        assertThat(rows("refresh")).hasSize(ROWS);
    }

    @Test
    void killed_in_the_middle_the_next_run_brings_every_row_once() throws Exception {
        run("plain", "");
        write("killed", queue("killed"), "sync_mode: incremental\n  sleep_ms: 100");
        try (ChildRun first = command("run", "killed").start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> Files.exists(folder.resolve("killed/.wisent/manifest-4")) || !first.isAlive());
            first.send(Signal.KILL);
            assertThat(first.await().exit()).isEqualTo(ChildResult.KILLED);
        }

        write("killed", queue("killed"), "sync_mode: incremental");
        command("run", "killed").here().exits(0);
        assertThat(rows("killed")).isEqualTo(rows("plain"));
    }

    @Test
    void check_asks_the_broker_and_tells_what_can_not_go_through_a_queue() throws Exception {
        write("asked", queue("asked"), "sync_mode: incremental");
        assertThat(command("check", "asked").here().exits(0).out()).containsPattern("queue +ok +rabbitmq, localhost:");

        write("gone", queue("gone").replaceAll("port: \\d+", "port: 1"), "sync_mode: incremental");
        assertThat(command("check", "gone").here().exits(3).out()).containsPattern("queue +failed +W8001");

        write("shown", queue("shown"), "sync_mode: incremental");
        Path file = folder.resolve("shown.yml");
        Files.writeString(
                file, Files.readString(file).replaceAll("destination: .*", "destination: {name: logger, config: {}}"));
        for (String command : List.of("check", "plan")) {
            ChildResult told = command(command, "shown").here().exits(2);
            assertThat(told.out() + told.err()).contains("a queue needs a destination that keeps its own progress");
        }
    }

    @Test
    void the_stream_runner_with_a_queue_is_refused_before_anything_is_read() throws Exception {
        write("stream", queue("stream"), "sync_mode: incremental");

        ChildResult told =
                command("run", "stream").with("--runner", "stream").here().exits(2);

        assertThat(told.out() + told.err()).contains("the runner 'stream' has no queue", "leave engine.queue out");
        assertThat(folder.resolve("stream")).doesNotExist();
    }

    private static String queue(String name) {
        return "queue: {type: rabbitmq, config: {queue: {host: localhost, port: "
                + SharedBroker.broker().port() + ", queue_name: " + name + "}}}";
    }

    private void run(String name, String queue) throws IOException {
        write(name, queue, "sync_mode: incremental");
        command("run", name).here().exits(0);
    }

    private ChildCommand command(String command, String name) {
        return new ChildCommand(folder, List.of(command, name + ".yml"), List.of(), OptionalLong.empty());
    }

    private void write(String name, String queue, String more) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                source:
                  name: generator
                  stream: orders
                  rows: %d
                  page_size: 500
                  %s
                destination: {name: file, config: {path: "%s/", format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  %s
                """.formatted(name, ROWS, more, folder.resolve(name), queue));
    }

    private List<String> rows(String name) throws IOException {
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
