package dev.wisent.connectors.queuerabbitmq.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `wisent run` from a queue in JVMs of its own, killed and started again, and with connections that break.
class RabbitSourceKillsTest {
    private static final int MESSAGES = 400;
    private static final int SWEEP = Integer.getInteger("kill.trials", 200);
    private static final String IDS = "message_id: property";

    @TempDir
    Path folder;

    private final Queues queues = new Queues();

    @AfterEach
    void close() {
        queues.close();
    }

    private ChildCommand pipeline(Path working, int port, String queue, String source) {
        try {
            Files.createDirectories(working);
            Files.writeString(working.resolve("p.yml"), """
                name: herd
                source: {name: rabbitmq, stream: herd, port: %d, queues: [{name: %s}], prefetch: 100, read_as: value, %s}
                destination: {name: file, config: {path: "%s/", commit_interval: 0.2}}
                engine: {backend: {type: sqlite, database: "%s"}, lease: {heartbeat: 0.2, expiry: 1}}
                """.formatted(
                            port, queue, source, working.resolve("out"), working.resolve("state.db")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildCommand.run(working, "p.yml");
    }

    private ChildCommand pipeline(String queue, String source) {
        return pipeline(folder, SharedBroker.broker().port(), queue, source);
    }

    private List<Integer> ids(Path working) {
        return new Out(working.resolve("out")).ids();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void killed_between_a_commit_and_its_acknowledgement_each_message_is_there_once_by_its_id() {
        String queue = queues.make("killed");
        queues.fill(queue, 0, MESSAGES);
        ChildCommand command = pipeline(queue, IDS);
        command.killedAt(Boundary.COMMITTED, 2).result().exits(ChildResult.KILLED);
        assertThat(ids(folder)).isNotEmpty().hasSizeLessThan(MESSAGES);

        ChildResult next = command.here().exits(0);
        assertThat(ids(folder)).isEqualTo(numbers(MESSAGES));
        assertThat(next.out()).contains("came again, and were left out by their ids");
        assertThat(queues.left(queue)).isZero();
    }

    @Test
    void without_ids_no_message_is_lost_and_those_of_the_last_commit_come_twice() {
        String queue = queues.make("unnamed");
        queues.fill(queue, 0, MESSAGES);
        ChildCommand command = pipeline(queue, "message_id: none");
        command.killedAt(Boundary.COMMITTED, 1).result().exits(ChildResult.KILLED);
        List<Integer> committed = ids(folder);
        assertThat(committed).isNotEmpty();

        command.here().exits(0);
        assertThat(ids(folder)).hasSize(MESSAGES + committed.size());
        assertThat(Set.copyOf(ids(folder))).isEqualTo(Set.copyOf(numbers(MESSAGES)));
    }

    @Test
    void a_connection_that_breaks_again_and_again_costs_no_message_and_doubles_none() {
        String queue = queues.make("broken");
        try (FaultProxy proxy = FaultProxy.to("localhost", SharedBroker.broker().port())) {
            ChildCommand command = pipeline(folder, proxy.port(), queue, IDS + ", sync_mode: stream");
            ChildCommand rest = command.with("--until-idle", "0.2");
            try (ChildRun run = command.start()) {
                for (int round = 0; round < 4; round++) {
                    queues.fill(queue, round * 200, 200);
                    await(run, round * 200 + 100);
                    proxy.end(Ending.RESET);
                }
                await(run, 800);
                run.send(Signal.TERM);
                run.await().exits(130);
            }
            rest.here().exits(0); // what was committed, and not acknowledged when its connection broke, is known
        }
        assertThat(ids(folder)).isEqualTo(numbers(800));
        assertThat(queues.left(queue)).isZero();
    }

    private void await(ChildRun run, int wanted) {
        Awaitility.await(wanted + " rows")
                .atMost(Duration.ofSeconds(100))
                .until(() -> ids(folder).size() >= wanted || !run.isAlive());
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> killed_anywhere_each_message_is_there_once_by_its_id() {
        long first = Long.getLong("wisent.seed", 1);
        return LongStream.range(first, first + SWEEP).mapToObj(seed -> {
            Random random = new Random(seed);
            Boundary boundary = Boundary.values()[random.nextInt(Boundary.values().length)];
            return DynamicTest.dynamicTest("seed " + seed + " at " + boundary, () -> killed(seed, boundary, random));
        });
    }

    private void killed(long seed, Boundary boundary, Random random) {
        String queue = queues.make("sweep", random.nextBoolean() ? "classic" : "quorum");
        queues.fill(queue, 0, MESSAGES);
        Path working = folder.resolve("seed-" + seed);
        ChildCommand command = pipeline(working, SharedBroker.broker().port(), queue, IDS);
        for (int life = 0; life < 2; life++) {
            command.killedAt(boundary, 1 + random.nextInt(6)).result();
        }
        command.here().exits(0);
        assertThat(ids(working)).isEqualTo(numbers(MESSAGES));
    }
}
