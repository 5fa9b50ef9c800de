package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Runs that die, and the next one: the table holds what an undisturbed run writes, row by row, and nothing hidden is left.
@Execution(ExecutionMode.CONCURRENT)
class PostgresKillsTest {
    private static final int SWEEP = Integer.getInteger("kill.trials", 200);
    private static final int KILLS_OF_EACH_MODE = 7;
    private static final int ROWS = 600;
    private static final List<Boundary> WAY = List.of(
            Boundary.AFTER_CLAIM,
            Boundary.FLUSHED,
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.BEFORE_COMMIT,
            Boundary.MANIFEST_WRITTEN,
            Boundary.COMMITTED,
            Boundary.STATE_SAVED,
            Boundary.ACKNOWLEDGED);
    private static final List<Boundary> WAY_OF_A_REFRESH =
            List.of(Boundary.AFTER_BEGIN, Boundary.BEFORE_PUBLISH, Boundary.MANIFEST_WRITTEN, Boundary.PUBLISHED);

    @TempDir
    Path folder;

    private static final String APPEND = "incremental";
    private static final String REFRESH = "full_refresh";
    private static final String MERGE = "incremental, primary_key: [customer_id], cursor_field: id";

    private final Map<String, RowBag> oracles = new ConcurrentHashMap<>();

    private static ChildCommand command(Pipeline pipeline, String mode) {
        return pipeline.of(
                "name: generator, stream: orders, sync_mode: " + mode + ", rows: " + ROWS
                        + ", page_size: 20, sleep_ms: 20",
                "");
    }

    private RowBag oracle(String mode) {
        return oracles.computeIfAbsent(mode.equals(REFRESH) ? APPEND : mode, undisturbed -> {
            Pipeline pipeline = new Pipeline(folder.resolve("oracle " + undisturbed.replaceAll("\\W+", "-")));
            command(pipeline, undisturbed).training().exits(0);
            return pipeline.bag();
        });
    }

    private interface Kill {
        ChildResult of(ChildCommand command);
    }

    private DynamicTest trial(String name, String mode, Kill kill) {
        return DynamicTest.dynamicTest(name + ", " + mode, () -> {
            RowBag expected = oracle(mode);
            Pipeline pipeline = new Pipeline(folder.resolve((name + mode).replaceAll("\\W+", "-")));
            ChildCommand command = command(pipeline, mode);
            if (mode.equals(REFRESH)) {
                command.here().exits(0);
            }
            assertThat(kill.of(command).exit()).isIn(0, ChildResult.KILLED);
            command.here().exits(0);
            assertThat(pipeline.bag().differences(expected)).isEmpty();
            assertThat(pipeline.hidden()).isEqualTo("0");
        });
    }

    /// Twenty-one kills: at each boundary of the way into the table, and anywhere.
    @TestFactory
    Stream<DynamicTest> a_run_killed_again_and_again_ends_with_each_row_once() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(
                inARow(
                        APPEND,
                        seed,
                        List.of(
                                Boundary.STAGING,
                                Boundary.BEFORE_COMMIT,
                                Boundary.MANIFEST_WRITTEN,
                                Boundary.COMMITTED)),
                inARow(
                        MERGE,
                        seed + 1,
                        List.of(Boundary.STAGED, Boundary.MANIFEST_WRITTEN, Boundary.COMMITTED, Boundary.ACKNOWLEDGED)),
                inARow(
                        REFRESH,
                        seed + 2,
                        List.of(Boundary.BEFORE_PUBLISH, Boundary.MANIFEST_WRITTEN, Boundary.PUBLISHED)));
    }

    private DynamicTest inARow(String mode, long seed, List<Boundary> first) {
        Random random = new Random(seed);
        return trial("killed at " + first + ", then anywhere, seed " + seed, mode, command -> {
            ChildResult last = at(first.getFirst(), 1).of(command);
            assertThat(last.exit()).as("passes " + first.getFirst()).isEqualTo(ChildResult.KILLED);
            for (int kill = 1; kill < KILLS_OF_EACH_MODE; kill++) {
                last = kill < first.size() ? at(first.get(kill), 1).of(command) : once(command, random);
            }
            return last;
        });
    }

    private static Kill at(Boundary boundary, int passing) {
        return command -> command.killedAt(boundary, passing).result();
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_again_and_again_leave_each_row_once() {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        long trials = Long.getLong("kill.seed") != null ? 1 : SWEEP;
        return LongStream.range(first, first + trials).mapToObj(seed -> {
            Random random = new Random(seed);
            String mode = List.of(APPEND, REFRESH, MERGE, MERGE).get(random.nextInt(4));
            return trial("seed " + seed, mode, anywhere(random));
        });
    }

    private static Kill anywhere(Random random) {
        return command -> {
            ChildResult last = once(command, random);
            for (int more = random.nextInt(3); more > 0; more--) {
                last = once(command, random);
            }
            return last;
        };
    }

    private static ChildResult once(ChildCommand command, Random random) {
        if (random.nextInt(3) == 0) {
            try (ChildRun run = command.start()) {
                return run.killedAfter(Duration.ofMillis(500 + random.nextInt(2_500)));
            }
        }
        List<Boundary> way = random.nextBoolean() ? WAY : WAY_OF_A_REFRESH;
        return command.killedAt(way.get(random.nextInt(way.size())), 1 + random.nextInt(6))
                .result();
    }
}
