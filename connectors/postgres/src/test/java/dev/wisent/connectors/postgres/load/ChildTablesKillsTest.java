package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.sql.staged.Baskets;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Rows and the elements of their lists, in tables of their own, agree whenever a run dies: after each kill there is no element
/// without its row, and in the end all are there once. A test's name holds its seed.
class ChildTablesKillsTest {
    private static final int SWEEP = Integer.getInteger("kill.trials", 50);
    private static final String MERGE = "incremental, primary_key: [id], cursor_field: v";
    private static final String REFRESH = "full_refresh";
    private static final String APPEND = "incremental";
    private static final List<Boundary> WAY = List.of(
            Boundary.AFTER_CLAIM,
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.BEFORE_COMMIT,
            Boundary.MANIFEST_WRITTEN,
            Boundary.COMMITTED,
            Boundary.BEFORE_PUBLISH,
            Boundary.PUBLISHED);

    @TempDir
    Path folder;

    private static List<String> rows(Pipeline pipeline, String query) {
        return Pipeline.DATABASE.list("SELECT concat_ws('|', coalesce(t.c1::text, '-')"
                + ", coalesce(t.c2::text, '-'), coalesce(t.c3::text, '-'), coalesce(t.c4::text, '-'),"
                + " coalesce(t.c5::text, '-')) FROM (" + query.replace("%s", pipeline.schema + ".")
                + ") AS t (c1, c2, c3, c4, c5)");
    }

    private static List<String> orphans(Pipeline pipeline) {
        String there = Pipeline.DATABASE.ask("SELECT to_regclass('" + pipeline.schema + ".orders__items') IS NOT NULL");
        return there.equals("t")
                ? Pipeline.DATABASE.list(
                        "SELECT t::text FROM (" + Baskets.ORPHANS.replace("%s", pipeline.schema + ".") + ") AS t")
                : List.of();
    }

    private DynamicTest trial(String mode, long seed, List<Boundary> first, int kills) {
        return DynamicTest.dynamicTest(mode + ", seed " + seed, () -> {
            Random random = new Random(seed);
            Path place = folder.resolve("t" + seed);
            Baskets.write(place.resolve("in"));
            Pipeline pipeline = new Pipeline(place);
            ChildCommand command = pipeline.of(
                    "name: files, stream: orders, path: \"in/*.ndjson\", sync_mode: " + mode, ", child_tables: 1");
            for (int kill = 0; kill < kills; kill++) {
                Boundary at = kill < first.size() ? first.get(kill) : WAY.get(random.nextInt(WAY.size()));
                int passing = kill < first.size() ? 1 : 1 + random.nextInt(4);
                assertThat(command.killedAt(at, passing).result().exit()).isIn(0, ChildResult.KILLED);
                assertThat(orphans(pipeline)).isEmpty();
            }
            command.result().exits(0);
            assertThat(rows(pipeline, Baskets.QUERY))
                    .containsExactlyInAnyOrderElementsOf(mode.equals(MERGE) ? Baskets.merged() : Baskets.all());
            assertThat(orphans(pipeline)).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> rows_and_elements_of_their_lists_agree_however_often_a_run_is_killed() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(
                trial(MERGE, seed, List.of(Boundary.MANIFEST_WRITTEN, Boundary.STAGED, Boundary.COMMITTED), 4),
                trial(REFRESH, seed + 1, List.of(Boundary.MANIFEST_WRITTEN, Boundary.BEFORE_PUBLISH), 2));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_and_elements_agree_in_each_mode_however_a_run_is_killed() {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        List<String> modes = List.of(MERGE, REFRESH, APPEND);
        return LongStream.range(first, first + SWEEP)
                .mapToObj(seed -> trial(modes.get((int) Math.floorMod(seed, (long) modes.size())), seed, List.of(), 3));
    }
}
