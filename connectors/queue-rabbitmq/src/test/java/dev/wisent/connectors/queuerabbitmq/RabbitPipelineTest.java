package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        assertThat(run("plain", "")).isZero();
        assertThat(run("queued", queue("all"))).as(talk("queued")).isZero();

        assertThat(rows("queued")).hasSize(ROWS).isEqualTo(rows("plain"));
    }

    @Test
    void a_full_refresh_is_published_once_and_again() throws Exception {
        write("refresh", queue("refresh"), "sync_mode: full_refresh");
        assertThat(wait(start("refresh"))).as(talk("refresh")).isZero();
        assertThat(wait(start("refresh"))).as(talk("refresh")).isZero();

        assertThat(rows("refresh")).hasSize(ROWS);
    }

    @Test
    void killed_in_the_middle_the_next_run_brings_every_row_once() throws Exception {
        assertThat(run("plain", "")).isZero();
        write("killed", queue("killed"), "sync_mode: incremental\n  sleep_ms: 100");
        Process first = start("killed");
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> Files.exists(folder.resolve("killed/.wisent/manifest-4")) || !first.isAlive());
        first.destroyForcibly().waitFor();

        write("killed", queue("killed"), "sync_mode: incremental");
        assertThat(wait(start("killed"))).as(talk("killed")).isZero();
        assertThat(rows("killed")).isEqualTo(rows("plain"));
    }

    @Test
    void check_asks_the_broker_and_tells_what_can_not_go_through_a_queue() throws Exception {
        write("asked", queue("asked"), "sync_mode: incremental");
        assertThat(wait(start("check", "asked"))).as(talk("asked")).isZero();
        assertThat(talk("asked")).containsPattern("queue +ok +rabbitmq, localhost:");

        write("gone", queue("gone").replaceAll("port: \\d+", "port: 1"), "sync_mode: incremental");
        assertThat(wait(start("check", "gone"))).isEqualTo(3);
        assertThat(talk("gone")).containsPattern("queue +failed +W8001");

        write("shown", queue("shown"), "sync_mode: incremental");
        Path file = folder.resolve("shown.yml");
        Files.writeString(
                file, Files.readString(file).replaceAll("destination: .*", "destination: {name: logger, config: {}}"));
        for (String command : List.of("check", "plan")) {
            assertThat(wait(start(command, "shown"))).isEqualTo(2);
            assertThat(talk("shown")).contains("a queue needs a destination that keeps its own progress");
        }
    }

    private static String queue(String name) {
        return "queue: {type: rabbitmq, config: {queue: {host: localhost, port: "
                + SharedBroker.broker().port() + ", queue_name: " + name + "}}}";
    }

    private int run(String name, String queue) throws Exception {
        write(name, queue, "sync_mode: incremental");
        return wait(start(name));
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
                destination: {name: file, config: {path: %s/, format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  %s
                """.formatted(name, ROWS, more, name, queue));
    }

    private Process start(String name) throws IOException {
        return start("run", name);
    }

    private Process start(String command, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        "dev.wisent.cli.Main",
                        command,
                        name + ".yml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
    }

    private static int wait(Process process) throws InterruptedException {
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String talk(String name) {
        try {
            return Files.exists(folder.resolve(name + ".out")) ? Files.readString(folder.resolve(name + ".out")) : "";
        } catch (IOException e) {
            return e.toString();
        }
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
