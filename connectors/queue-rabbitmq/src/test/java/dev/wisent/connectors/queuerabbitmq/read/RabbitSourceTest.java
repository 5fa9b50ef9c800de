package dev.wisent.connectors.queuerabbitmq.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Pipelines from queues into files: what arrives is what was published, and what is committed is gone from the queue.
class RabbitSourceTest {
    @TempDir
    Path folder;

    private final Queues queues = new Queues();

    @AfterEach
    void close() {
        queues.close();
    }

    private ChildCommand pipeline(String source, String more) {
        return command("run", source, more);
    }

    private ChildCommand command(String name, String source, String more) {
        String text = """
                name: herd
                source: {name: rabbitmq, stream: herd, port: %d, %s}
                destination: {name: file, config: {path: "%s/", commit_interval: 3600}}
                engine: {backend: {type: sqlite, database: "%s"}}
                %s
                """.formatted(
                        SharedBroker.broker().port(), source, folder.resolve("out"), folder.resolve("state.db"), more);
        try {
            Files.writeString(folder.resolve("p.yml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildCommand run = ChildCommand.run(folder, "p.yml");
        return name.equals("run")
                ? run
                : new ChildCommand(folder, List.of(name, "p.yml"), List.of(), run.largestFile());
    }

    private Out out() {
        return new Out(folder.resolve("out"));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void a_message_becomes_a_record_with_all_that_is_known_of_it() {
        String queue = queues.make("whole");
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .messageId("m1")
                .contentType("application/json")
                .timestamp(Date.from(Instant.ofEpochSecond(1_700_000_000)))
                .headers(Map.of("tenant", "acme", "tries", 3, "path", List.of("a", true)))
                .build();
        queues.publish("amq.direct", queue, properties, new byte[0]); // bound to nothing
        queues.send(queue, properties, "{\"id\": 1}");
        pipeline("queues: [{name: " + queue + "}]", "").here().exits(0);

        assertThat(out().records()).containsExactly(JsonMapper.shared().readTree("""
                {"queue": "%s", "exchange": "", "routing_key": "%s", "redelivered": false, "message_id": "m1",
                 "correlation_id": null, "type": null, "content_type": "application/json", "timestamp": 1700000000000,
                 "headers": {"tenant": "acme", "tries": 3, "path": ["a", true]}, "value": {"id": 1}}
                """.formatted(queue, queue)));
        assertThat(queues.left(queue)).isZero();
    }

    @Test
    void a_queue_that_is_longer_than_prefetch_is_read_to_its_end_however_seldom_commits_are_due() {
        String queue = queues.make("long");
        queues.fill(queue, 0, 1_000);
        ChildResult run = pipeline("queues: [{name: " + queue + "}], message_id: property, prefetch: 100", "")
                .result() // where nothing makes a commit due it does not end
                .exits(0);

        assertThat(out().ids()).isEqualTo(numbers(1_000));
        assertThat(run.count("commits")).isGreaterThan(10);
        assertThat(queues.left(queue)).isZero();
    }

    @Test
    void several_queues_go_to_their_targets_and_the_next_run_reads_what_came_since() {
        String cows = queues.make("cows");
        String sheep = queues.make("sheep", "quorum");
        queues.fill(cows, 0, 3);
        queues.fill(sheep, 10, 2);
        ChildCommand command = pipeline(
                "read_as: value, message_id: property, queues: [{name: %s}, {name: %s, destination_id: sheep}]"
                        .formatted(cows, sheep),
                "");
        command.here().exits(0);
        queues.fill(cows, 3, 1);
        command.here().exits(0);

        assertThat(out().ids()).containsExactly(0, 1, 2, 3);
        assertThat(new Out(folder.resolve("out/sheep")).ids()).containsExactly(10, 11);
    }

    @Test
    void a_stream_ends_when_nothing_comes_and_a_run_to_the_end_goes_on_with_its_ids() {
        String queue = queues.make("modes");
        queues.fill(queue, 0, 10);
        String source = "message_id: property, queues: [{name: " + queue + "}]";
        pipeline(source + ", sync_mode: stream", "")
                .with("--until-idle", "0.2")
                .here()
                .exits(0);
        queues.fill(queue, 5, 10); // half of them were sent before
        ChildResult next = pipeline(source, "").here().exits(0);

        assertThat(out().ids()).isEqualTo(numbers(15));
        assertThat(next.out()).contains("came again, and were left out by their ids: 5");
    }

    @Test
    void what_is_no_json_is_a_reject_with_queue_and_body_and_can_be_replayed() throws IOException {
        String queue = queues.make("poison");
        queues.fill(queue, 0, 1);
        queues.send(queue, Queues.identified(1), "{\"id\":1");
        queues.send(queue, "{\"id\":2}");
        queues.publish("", queue, Queues.identified(3), new byte[] {'"', (byte) 0xff, '"'});
        queues.confirmed();
        ChildResult run = pipeline("queues: [{name: " + queue + "}], message_id: property", "")
                .here()
                .exits(0);

        assertThat(out().ids()).containsExactly(0);
        assertThat(run.count("rejected")).isEqualTo(3);
        assertThat(queues.left(queue)).isZero();
        assertThat(rejects())
                .hasSize(3)
                .anySatisfy(reject -> assertThat(reject)
                        .contains("queue " + queue + ", message 2, id m1")
                        .contains("the message is no JSON")
                        .contains("\"body\":\"{\\\"id\\\":1\""))
                .anySatisfy(reject -> assertThat(reject).contains("the message has no message_id"))
                .anySatisfy(reject -> assertThat(reject).contains("\"body_base64\":\"Iv8i\""));
        new ChildCommand(
                        folder,
                        List.of("rejects", "replay", "p.yml"),
                        List.of(),
                        ChildCommand.run(folder, "").largestFile())
                .here();
        assertThat(out().ids()).containsExactly(0, 2);
    }

    /// Each as it is kept, with its raw bytes behind it.
    private List<String> rejects() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve(".wisent"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".ndjson")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    String raw =
                            JsonMapper.shared().readTree(line).get("raw_base64").stringValue();
                    all.add(line + new String(Base64.getDecoder().decode(raw), StandardCharsets.UTF_8));
                }
            }
        }
        return all;
    }

    @Test
    void plan_says_exactly_once_with_ids_and_at_least_once_without() {
        String queue = queues.make("planned");
        assertThat(command("plan", "queues: [{name: " + queue + "}]", "")
                        .here()
                        .exits(0)
                        .out())
                .contains("at least once: records are acknowledged after their commit");
        assertThat(command("plan", "queues: [{name: " + queue + "}], message_id: header, message_id_header: x-id", "")
                        .here()
                        .exits(0)
                        .out())
                .contains(
                        "exactly once: records are acknowledged after their commit, which keeps the ids of the last ones");
    }

    @Test
    void what_can_not_be_is_refused_before_anything_is_read() {
        String queue = queues.make("refused");
        queues.fill(queue, 0, 1);
        assertThat(command("check", "queues: [{name: no-such-queue}]", "")
                        .here()
                        .err())
                .contains("no queue 'no-such-queue'");
        assertThat(pipeline("queues: [{name: " + queue + "}], message_id: property, dedup_window: 10", "")
                        .here()
                        .exits(2)
                        .err())
                .contains("is less than prefetch (1000)");
        assertThat(pipeline("queues: [{name: " + queue + "}], sync_mode: full_refresh", "")
                        .here()
                        .exits(2)
                        .err())
                .contains("full_refresh");
        pipeline("queues: [{name: " + queue + "}]", "").here().exits(0); // it was left alone
        assertThat(out().ids()).containsExactly(0);
    }

    @Test
    void a_queue_behind_a_broker_is_refused() {
        String queue = queues.make("doubled");
        String source = "queues: [{name: " + queue + "}]";
        ChildResult refused =
                command("run", source, "").with("--runner", "process").here();
        assertThat(refused.err() + refused.out()).contains("has no queue behind it");
    }

    @Test
    void a_stream_of_rabbitmq_is_refused_with_its_name() {
        String stream = queues.make("log", "stream");
        assertThat(pipeline("queues: [{name: " + stream + "}]", "").here().err())
                .contains(stream);
    }
}
