package dev.wisent.connectors.kafka.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Role;
import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lanes of a topic, loaded by several processes of one run.
class SeveralLoadersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROWS = 1_200;
    /// Longer than the pages of the source are apart, and commits.
    private static final Duration STILL = Duration.ofSeconds(1);
    private static final String PROCESSES =
            "engine: {until_idle: 120, lease: {heartbeat: 0.2, expiry: 1}, runner: {type: process, config: {loaders: 4}}}";

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
                source: {name: generator, stream: orders, rows: %d, page_size: 20%s}
                destination: {name: kafka, config: {bootstrap_servers: "%s", topic_prefix: %s., progress_topic: %s.progress,
                  destination_id: orders, partitions: 2, replication_factor: 1, commit_interval: 0.1}}
                %s
                """.formatted(
                        name, ROWS, source, broker.servers(), own + name, own + name, engine));
        return ChildCommand.run(working, "pipeline.yml");
    }

    private RowBag rows(String name) {
        RowBag bag = new RowBag();
        topics.read(own + name + ".orders")
                .forEach(message -> bag.add(new String(message.value(), StandardCharsets.UTF_8)));
        return bag;
    }

    @Test
    void four_loaders_share_the_lanes_one_killed_and_one_frozen_which_is_refused_bring_each_row_once()
            throws Exception {
        pipeline("plain", ", sync_mode: full_refresh", "").here().exits(0);

        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = pipeline("four", ", sync_mode: stream, sleep_ms: 100", PROCESSES)
                .heldAt(Boundary.STAGING, 2, gate)
                .start()) {
            Map<LaneId, Claimant> held = held(run, gate);
            LaneId lane = held.keySet().iterator().next();
            long frozen = held.get(lane).pid();
            long killed = held.values().stream()
                    .map(Claimant::pid)
                    .filter(pid -> pid != frozen)
                    .findFirst()
                    .orElseThrow();
            Signal.STOP.to(frozen);
            Signal.KILL.to(killed);
            await(run, () -> isOpen(gate) && loaders("four").values().stream().noneMatch(each -> each.pid() == frozen));
            Signal.CONT.to(frozen);
            await(run, () -> isOpen(gate) && run.talk().contains("lane " + lane + " was taken over by run "));
            await(run, () -> isOpen(gate) && rows("four").size() >= ROWS);
            run.send(Signal.TERM);

            assertThat(run.await().exits(130).err()).contains(" died by signal 9; it is started again");
        }
        assertThat(rows("four").differences(rows("plain"))).isEmpty();
    }

    /// Who holds which lane, when all of them stand at the gate, with rows in their hands.
    private Map<LaneId, Claimant> held(ChildRun run, Gate gate) {
        await(run, gate::isReached);
        await(
                run,
                () -> loaders("four").values().stream()
                                .map(Claimant::pid)
                                .distinct()
                                .count()
                        > 1);
        AtomicInteger before = new AtomicInteger();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(STILL)
                .until(() -> before.get() == before.updateAndGet(old -> commits()));
        return loaders("four");
    }

    private int commits() {
        return topics.read(own + "four.progress").size();
    }

    /// Who gets there later, or was started again, comes to the gate as well.
    private static boolean isOpen(Gate gate) {
        if (gate.isReached()) {
            gate.open();
        }
        return true;
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    /// Processes that hold a lane to load it.
    private Map<LaneId, Claimant> loaders(String name) {
        Map<LaneId, Claimant> holders = new TreeMap<>(Comparator.comparing(LaneId::number));
        if (!topics.isThere(own + name + ".progress")) {
            return holders;
        }
        topics.read(own + name + ".progress").stream()
                .map(record -> ProgressRecord.of(name, new StreamId("orders"), record))
                .flatMap(Optional::stream)
                .forEach(record -> {
                    if (record instanceof ProgressRecord.Taken taken && taken.commit() instanceof Commit.Claim claim) {
                        holders.put(claim.head().lane(), claim.by());
                    }
                });
        holders.values().removeIf(each -> each.role() != Role.WRITE);
        return holders;
    }
}
