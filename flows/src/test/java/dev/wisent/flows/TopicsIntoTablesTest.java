package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.KillSweep;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Topics of a real broker into each kind of destination, by runs that die and lose their state store: each message once, and
/// where a run goes on is known from the destination alone.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class TopicsIntoTablesTest {
    private static final int TRIALS = Integer.getInteger("kill.trials", 200);
    private static final int PARTITIONS = 3;
    private static final int BETWEEN_DEATHS = 300;
    private static final int IN_SWEEPS = 4_000;
    private static final String STREAM = "stream";
    private static final String TO_THE_ENDS = "incremental";
    /// Every destination passes them.
    private static final List<Boundary> WAY = List.of(
            Boundary.FETCHED,
            Boundary.BEFORE_COMMIT,
            Boundary.STAGED,
            Boundary.COMMITTED,
            Boundary.WRITTEN,
            Boundary.MANIFEST_WRITTEN,
            Boundary.DECODED,
            Boundary.STAGING,
            Boundary.FLUSHED,
            Boundary.ACKNOWLEDGED);

    @TempDir
    Path folder;

    private final Topics topics = new Topics(KafkaBroker.shared());
    private final RowBag sent = new RowBag();

    @AfterEach
    void close() {
        topics.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_dies_and_loses_its_state_store_leaves_each_message_once(Target target) {
        int at = 2 * target.ordinal();
        dies(target, STREAM, WAY.get(at), WAY.get(at + 1));
    }

    @ParameterizedTest
    @EnumSource
    void runs_to_the_ends_of_topics_that_die_and_lose_their_state_store_leave_each_message_once(Target target) {
        dies(target, TO_THE_ENDS, WAY.get(WAY.size() - 1 - target.ordinal()));
    }

    private void dies(Target target, String mode, Boundary... deaths) {
        String topic = topics.make("herd", PARTITIONS);
        ChildCommand command = pipeline(target, mode, topic);
        for (Boundary death : deaths) {
            send(topic, BETWEEN_DEATHS);
            ChildResult dead = command.with("--runner", sent.size() == BETWEEN_DEATHS ? "stream" : "thread")
                    .killedAt(death, 1)
                    .result();
            assertThat(dead.exit()).as(death + "\n" + dead).isEqualTo(ChildResult.KILLED);
            delete("state.db");
        }
        send(topic, BETWEEN_DEATHS);
        command.here().exits(0);

        assertThat(target.rows(folder).differences(sent)).isEmpty();
    }

    @Test
    void a_run_to_the_ends_of_topics_leaves_what_comes_after_its_start_to_the_next() {
        String topic = topics.make("herd", PARTITIONS);
        ChildCommand command = pipeline(Target.DELTA, TO_THE_ENDS, topic);
        Gate gate = new Gate(folder.resolve("gate"));

        send(topic, BETWEEN_DEATHS);
        RowBag first = new RowBag();
        first.addAll(sent);
        try (ChildRun run = command.heldAt(Boundary.FETCHED, 1, gate).start()) {
            gate.awaitReached();
            send(topic, BETWEEN_DEATHS);
            gate.open();
            run.await().exits(0);
        }
        assertThat(Target.DELTA.rows(folder).differences(first)).isEmpty();

        command.here().exits(0);
        assertThat(Target.DELTA.rows(folder).differences(sent)).isEmpty();
    }

    private ChildCommand pipeline(Target target, String mode, String topic) {
        write(folder.resolve("pipeline.yml"), text(topic, mode, target.destination(folder), """
                engine: {until_idle: 1, backend: {type: sqlite, database: "%s"}}
                """.formatted(
                        folder.resolve("state.db"))));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    private static String text(String topic, String mode, String destination, String more) {
        return """
                name: %s
                source: {name: kafka, stream: herd, sync_mode: %s, bootstrap_servers: "%s", topics: [{name: %s}],
                  read_as: columns, schema: {fields: [{name: id, type: int64}, {name: note, type: string}]}}
                destination: {%s, commit_interval: 0.1, buffer_size: 0.02}}
                %s
                """.formatted(topic, mode, KafkaBroker.shared().servers(), topic, destination, more);
    }

    private void send(String topic, int messages) {
        for (int i = 0; i < messages; i++) {
            long id = sent.size();
            String value = "{\"id\":" + id + ",\"note\":\"" + "n".repeat(200) + "\"}";
            topics.sendSoon(
                    new ProducerRecord<>(topic, (int) (id % PARTITIONS), null, value.getBytes(StandardCharsets.UTF_8)));
            sent.add(value);
        }
        topics.flush();
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_topic_on_its_way_into_files_killed_anywhere_is_there_once() {
        return sweep(Target.FILE);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_topic_on_its_way_into_a_delta_table_killed_anywhere_is_there_once() {
        return sweep(Target.DELTA);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_topic_on_its_way_into_postgres_killed_anywhere_is_there_once() {
        return sweep(Target.POSTGRES);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_topic_on_its_way_into_duckdb_killed_anywhere_is_there_once() {
        return sweep(Target.DUCKDB);
    }

    /// Half of the trials stream until nothing comes, half read to the ends; no trial has a state store to go by.
    private Stream<DynamicTest> sweep(Target target) {
        String topic = topics.make("sweep", PARTITIONS);
        send(topic, IN_SWEEPS);
        String text = text(topic, "\"${MODE}\"", "${DESTINATION}", """
                engine: {until_idle: 1, runner: {type: "${RUNNER}"}, backend: {type: sqlite_in_memory}}
                """);
        return KillSweep.of(folder, text, target::rows)
                .reading(working -> write(
                        working.resolve("pipeline.yml"),
                        text.replace("${DESTINATION}", target.destination(working))
                                .replace(
                                        "${MODE}",
                                        working.getFileName().toString().hashCode() % 2 == 0 ? STREAM : TO_THE_ENDS)))
                .atRandom(Long.getLong("kill.seed", Long.getLong("wisent.seed", 1)), TRIALS);
    }

    private void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
            Files.deleteIfExists(folder.resolve(file + "-wal"));
            Files.deleteIfExists(folder.resolve(file + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
