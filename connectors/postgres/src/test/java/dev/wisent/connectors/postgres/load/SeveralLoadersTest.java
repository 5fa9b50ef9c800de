package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The lanes of a table, loaded by several processes of one run.
@Execution(ExecutionMode.CONCURRENT)
class SeveralLoadersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROWS = 1_200;
    private static final String SOURCE = "name: generator, stream: orders, page_size: 20, rows: " + ROWS;
    private static final String ENGINE =
            "engine: {until_idle: 120, lease: {heartbeat: 0.2, expiry: 1}, runner: {type: process, config: {loaders: 4}}}";

    /// A process that loads a lane and has rows of it in a transaction.
    private record Holder(int lane, long pid) {}

    private static final int LANES = 8;
    private static final String PID = "entry::json->'by'->>'pid'";
    private static final String LANE = "entry::json->>'lane'";
    private static final String CLAIMS = " FROM %s._wisent_commits WHERE entry::json->'by'->>'role' = 'write'";

    @TempDir
    Path folder;

    @Test
    void four_loaders_share_the_lanes_one_killed_and_one_frozen_which_is_refused_bring_each_row_once() {
        Pipeline plain = new Pipeline(folder.resolve("plain"));
        plain.of(SOURCE + ", sync_mode: full_refresh", "").here().exits(0);
        RowBag expected = plain.bag();

        Pipeline pipeline = new Pipeline(folder.resolve("four"));
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = pipeline.of(SOURCE + ", sync_mode: stream, sleep_ms: 100", "", ENGINE)
                .heldAt(Boundary.STAGING, 2, gate)
                .start()) {
            await(run, () -> holders(pipeline).size() > 1);
            List<Holder> held = holders(pipeline);
            Holder frozen = held.getFirst();
            Signal.STOP.to(frozen.pid());
            Signal.KILL.to(held.getLast().pid());
            await(run, () -> isOpen(gate) && !lastOfALane(pipeline).contains(frozen.pid()));
            Signal.CONT.to(frozen.pid());
            await(run, () -> isOpen(gate) && run.talk().contains("lane " + frozen.lane() + " was taken over by run "));
            await(run, () -> isOpen(gate) && pipeline.rows() >= ROWS);
            run.send(Signal.TERM);

            assertThat(run.await().exits(130).err()).contains(" died by signal 9; it is started again");
        }
        assertThat(pipeline.bag().differences(expected)).isEmpty();
        assertThat(pipeline.hidden()).isEqualTo("0");
    }

    /// Who gets there later, or was started again, comes to the gate as well.
    private static boolean isOpen(Gate gate) {
        if (gate.isReached()) {
            gate.open();
        }
        return true;
    }

    private static void await(ChildRun run, java.util.concurrent.Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    /// A process each, the first lane of those it holds. They stand at the gate, so their transactions are old.
    private static List<Holder> holders(Pipeline pipeline) {
        Map<Long, Holder> holders = new LinkedHashMap<>();
        for (int lane = 0; lane < LANES && tablesAreThere(pipeline); lane++) {
            String session = Mark.of(pipeline.schema, pipeline.schema, new StreamId("orders"))
                    .sessions(new LaneId(lane));
            int at = lane;
            numbers("SELECT " + PID + CLAIMS.formatted(pipeline.schema) + " AND " + LANE + " = '" + lane
                            + "' AND '" + session + "' || (entry::json->>'n') IN (SELECT application_name"
                            + " FROM pg_stat_activity WHERE now() - xact_start > interval '1 second')")
                    .forEach(pid -> holders.putIfAbsent(pid, new Holder(at, pid)));
        }
        return List.copyOf(holders.values());
    }

    /// Those that claimed a lane last.
    private static List<Long> lastOfALane(Pipeline pipeline) {
        return numbers("SELECT DISTINCT ON (" + LANE + ") " + PID + CLAIMS.formatted(pipeline.schema) + " ORDER BY "
                + LANE + ", seq DESC");
    }

    private static List<Long> numbers(String sql) {
        return Pipeline.DATABASE.list(sql).stream().map(Long::valueOf).toList();
    }

    private static boolean tablesAreThere(Pipeline pipeline) {
        return Pipeline.DATABASE
                .ask("SELECT count(*) FROM pg_tables WHERE tablename = '_wisent_commits' AND schemaname = '"
                        + pipeline.schema + "'")
                .equals("1");
    }
}
