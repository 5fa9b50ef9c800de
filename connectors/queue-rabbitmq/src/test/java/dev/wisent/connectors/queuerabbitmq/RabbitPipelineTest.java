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
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        "dev.wisent.cli.Main",
                        "run",
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
