package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody left in the queue, and what is missing there.
class RabbitLeftoversTest {
    private static final int ROWS = 1_000;
    /// Rows, their cut, the end marker.
    private static final int MESSAGES = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"moved", "emptied"})
    void what_a_killed_run_left_for_another_destination_or_one_that_was_emptied_is_never_loaded(String name)
            throws Exception {
        String destination = name.equals("emptied") ? "first" : "second";
        left(name, "old").close();
        delete(folder.resolve("first"));
        ChildCommand next = pipeline(name, "new", destination);
        if (name.equals("emptied")) {
            new ChildCommand(folder, List.of("state", "accept", name + ".yml"), List.of(), OptionalLong.empty())
                    .here()
                    .exits(0);
        }
        ChildResult told = next.here().exits(0);

        assertThat(rows(destination)).isEqualTo(lines("new"));
        assertThat(told.err()).contains(MESSAGES + " messages of extraction").contains("were dropped");
    }

    @Test
    void a_message_the_broker_confirmed_and_lost_ends_the_loader_and_is_extracted_anew_by_the_next_run()
            throws Exception {
        left("lost", "all").close();
        ask(channel -> assertThat(channel.basicGet(queue("lost"), true)).isNotNull());

        assertMissing("lost");
        pipeline("lost", "all", "first").here().exits(0);
        assertThat(rows("first")).isEqualTo(lines("all"));
    }

    @Test
    void where_all_are_lost_the_extraction_marks_its_end_again_so_that_the_loader_misses_them() throws Exception {
        try (ChildRun extract = left("purged", "all")) {
            ask(channel -> assertThat(channel.queuePurge(queue("purged")).getMessageCount())
                    .isEqualTo(MESSAGES));
            assertMissing("purged");
            assertThat(extract.isAlive()).as(extract.talk()).isTrue();
        }
    }

    private void assertMissing(String name) throws IOException {
        ChildResult told =
                pipeline(name, "all", "first").with("--role", "load").here().exits(1);
        assertThat(told.errorCode()).isEqualTo("W8004");
        assertThat(told.err()).contains("message 1 of strand 0 did not come, but what follows it did, up to 2");
    }

    /// An extraction that has put all it has into the queue, where nobody loads it.
    private ChildRun left(String name, String rows) throws Exception {
        ChildRun extract =
                pipeline(name, rows, "first").with("--role", "extract").start();
        ask(channel -> {
            channel.queueDeclare(queue(name), true, false, false, Map.of("x-queue-type", "quorum"));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !extract.isAlive() || channel.messageCount(queue(name)) == MESSAGES);
        });
        assertThat(extract.isAlive()).as(extract.talk()).isTrue();
        return extract;
    }

    private interface Request {
        void send(Channel channel) throws IOException;
    }

    private static void ask(Request request) throws Exception {
        try (Connection connection = factory().newConnection("test");
                Channel channel = connection.createChannel()) {
            request.send(channel);
        }
    }

    private static ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(SharedBroker.broker().port());
        return factory;
    }

    private static String queue(String name) {
        return "left." + name + "/in.0";
    }

    private static List<String> lines(String rows) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"id\":%d,\"of\":\"%s\"}".formatted(i, rows))
                .sorted()
                .toList();
    }

    private ChildCommand pipeline(String name, String rows, String destination) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/rows.ndjson"), lines(rows));
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                source: {name: files, path: %s/, stream: in, sync_mode: incremental}
                destination: {name: file, config: {path: %s/, format: ndjson}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  retry: {budget: 2}
                  runner: {type: thread, config: {max_workers: 1}}
                  queue: {type: rabbitmq, config: {queue: {host: localhost, port: %d, queue_name: left}}}
                """.formatted(
                        name,
                        folder.resolve("in"),
                        folder.resolve(destination),
                        SharedBroker.broker().port()));
        return ChildCommand.run(folder, name + ".yml");
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private List<String> rows(String destination) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve(destination))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(part));
            }
        }
        rows.sort(null);
        return rows;
    }
}
