package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The lanes of a table, loaded by several processes of one run.
@Execution(ExecutionMode.CONCURRENT)
class SeveralLoadersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SOURCE = "name: generator, stream: orders, rows: 3000, page_size: 20";
    private static final String ENGINE =
            "engine: {until_idle: 3, lease: {heartbeat: 0.2, expiry: 1}, runner: {type: process, config: {loaders: 4}}}";

    private static final String PID = "entry::json->'by'->>'pid'";
    private static final String LANE = "entry::json->>'lane'";
    private static final String CLAIMS = " FROM %s._wisent_commits WHERE entry::json->'by'->>'role' = 'write'";

    @TempDir
    Path folder;

    @Test
    void four_loaders_share_the_lanes_and_one_killed_and_one_frozen_bring_each_row_once() {
        Pipeline plain = new Pipeline(folder.resolve("plain"));
        plain.of(SOURCE + ", sync_mode: full_refresh", "").here().exits(0);
        RowBag expected = plain.bag();

        Pipeline pipeline = new Pipeline(folder.resolve("four"));
        try (ChildRun run = pipeline.of(SOURCE + ", sync_mode: stream, sleep_ms: 150", "", ENGINE)
                .start()) {
            await(run, () -> loaders(pipeline).size() > 1);
            long frozen = loaders(pipeline).getFirst();
            long killed = loaders(pipeline).getLast();
            Signal.STOP.to(frozen);
            Signal.KILL.to(killed);
            await(run, () -> !lastOfALane(pipeline).contains(frozen));
            Signal.CONT.to(frozen);
            // It is refused if it was frozen with rows in its hands; otherwise the others have all of them already.
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains(" died by signal 9; it is started again");
        }
        assertThat(pipeline.bag().differences(expected)).isEmpty();
        assertThat(pipeline.hidden()).isEqualTo("0");
    }

    private static void await(ChildRun run, java.util.concurrent.Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    /// Processes that claimed a lane to load it.
    private static List<Long> loaders(Pipeline pipeline) {
        return tablesAreThere(pipeline)
                ? numbers("SELECT DISTINCT " + PID + CLAIMS.formatted(pipeline.schema))
                : List.of();
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
