package dev.wisent.connectors.kafka.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Role;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lanes of a topic, loaded by several processes of one run.
class SeveralLoadersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PROCESSES =
            "engine: {until_idle: 3, lease: {heartbeat: 0.2, expiry: 1}, runner: {type: process, config: {loaders: 4}}}";

    @TempDir
    Path folder;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String own = topics.make("loaders", 1);

    @AfterEach
    void close() {
        topics.close();
    }

    private ChildCommand pipeline(String name, String source, String engine) throws IOException {
        Path working = Files.createDirectories(folder.resolve(name));
        Files.writeString(working.resolve("pipeline.yml"), """
                name: %s
                source: {name: generator, stream: orders, rows: 2000, page_size: 20%s}
                destination: {name: kafka, config: {bootstrap_servers: "%s", topic_prefix: %s., progress_topic: %s.progress,
                  destination_id: orders, partitions: 2, replication_factor: 1, commit_interval: 0.1}}
                %s
                """.formatted(
                        name, source, broker.servers(), own + name, own + name, engine));
        return ChildCommand.run(working, "pipeline.yml");
    }

    private RowBag rows(String name) {
        RowBag bag = new RowBag();
        topics.read(own + name + ".orders")
                .forEach(message -> bag.add(new String(message.value(), StandardCharsets.UTF_8)));
        return bag;
    }

    @Test
    void four_loaders_share_the_lanes_and_one_killed_and_one_frozen_bring_each_row_once() throws Exception {
        pipeline("plain", ", sync_mode: full_refresh", "").here().exits(0);

        try (ChildRun run = pipeline("four", ", sync_mode: stream, sleep_ms: 150", PROCESSES)
                .start()) {
            await(run, () -> loaders("four").size() > 1);
            long frozen = loaders("four").getFirst();
            long killed = loaders("four").getLast();
            Signal.STOP.to(frozen);
            Signal.KILL.to(killed);
            await(run, () -> !loaders("four").contains(frozen));
            Signal.CONT.to(frozen);
            // It is refused if it was frozen with rows in its hands; otherwise the others have all of them already.
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains(" died by signal 9; it is started again");
        }
        assertThat(rows("four").differences(rows("plain"))).isEmpty();
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    /// Processes that hold a lane to load it.
    private List<Long> loaders(String name) {
        Map<LaneId, Claimant> holders = new HashMap<>();
        if (!topics.isThere(own + name + ".progress")) {
            return List.of();
        }
        topics.read(own + name + ".progress").stream()
                .map(record -> ProgressRecord.of(name, new StreamId("orders"), record))
                .flatMap(Optional::stream)
                .forEach(record -> {
                    if (record instanceof ProgressRecord.Taken taken && taken.commit() instanceof Commit.Claim claim) {
                        holders.put(claim.head().lane(), claim.by());
                    }
                });
        return holders.values().stream()
                .filter(each -> each.role() == Role.WRITE)
                .map(Claimant::pid)
                .distinct()
                .toList();
    }
}
