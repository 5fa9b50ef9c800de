package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Extraction and loading in processes of their own, with RabbitMQ between them.
class RabbitProcessTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void the_example_hands_every_order_from_one_process_to_the_other() throws IOException {
        String text = Files.readString(Path.of("../../examples/brokers/rabbitmq-queue.yml"));
        assertThat(text).contains("port: 5672");
        run(text).result().exits(0);

        assertThat(rows("out-rabbitmq")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void both_processes_killed_are_started_again_and_every_row_comes_once() throws IOException {
        ChildCommand command = run("""
                name: killed
                source: {name: generator, stream: orders, rows: %d, page_size: 1000, sync_mode: incremental, sleep_ms: 100}
                destination: {name: file, config: {path: killed/, format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  runner: {type: process}
                  queue: {type: rabbitmq, config: {queue: {host: localhost, port: 5672, queue_name: processes}}}
                """.formatted(ROWS));
        try (ChildRun run = command.start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Files.exists(folder.resolve("killed/.wisent/manifest-3")) || !run.isAlive());
            List<ProcessHandle> halves =
                    ProcessHandle.of(run.pid()).orElseThrow().children().toList();
            assertThat(halves).as(run.talk()).hasSize(2);
            halves.forEach(ProcessHandle::destroyForcibly);

            assertThat(run.await().exits(0).err()).contains("it is started again");
        }
        assertThat(rows("killed")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void tls_lets_in_who_trusts_the_certificate_and_tells_the_others_what_to_change() throws IOException {
        Broker broker = SharedBroker.broker();
        ChildCommand command = run("""
                name: tls
                source: {name: generator, stream: orders, rows: 100, sync_mode: incremental}
                destination: {name: file, config: {path: tls/, format: ndjson}}
                engine: {queue: {type: rabbitmq, config: {queue: {host: localhost, port: %d, security: tls, queue_name: tls}}}}
                """.formatted(broker.tlsPort()));
        command.withJvm(
                        "-Djavax.net.ssl.trustStore=" + broker.certificate().store(),
                        "-Djavax.net.ssl.trustStorePassword=" + SelfSigned.PASSWORD)
                .result()
                .exits(0);
        assertThat(rows("tls")).hasSize(100);

        ChildResult stranger = command.result().exits(3);
        assertThat(stranger.errorCode()).isEqualTo("W8001");
        assertThat(stranger.err())
                .contains("the certificate of the broker is not trusted")
                .contains("security: tls in engine.queue.config.queue")
                .contains("javax.net.ssl.trustStore");
    }

    private ChildCommand run(String text) throws IOException {
        Files.writeString(
                folder.resolve("p.yml"),
                text.replace("port: 5672", "port: " + SharedBroker.broker().port()));
        return ChildCommand.run(folder, "p.yml");
    }

    private List<String> rows(String out) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve(out))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(part));
            }
        }
        return rows;
    }
}
