package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.SyncMode;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.RowBag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Lives of the engine that die at a boundary of their way into a table, and a last one that finishes their work. All in this
/// JVM, so that many seeds are cheap; [KillsTest] kills JVMs. A test's name holds its seed: `-Dkill.seed=` plays it again.
@Execution(ExecutionMode.CONCURRENT)
class DeathsTest {
    private static final int SEEDS = 3;
    private static final int SWEEP = 50;
    private static final int ROWS = 400;
    private static final int LATEST_PASSING = 3;
    private static final int MOST_MORE_DEATHS = 1;

    @TempDir
    Path folder;

    private interface Scene {
        void play(long seed, Boundary boundary) throws Exception;
    }

    private Stream<DynamicTest> each(String where, int seeds, Scene scene) {
        Long given = Long.getLong("kill.seed");
        long first = given != null ? given : Long.getLong("wisent.seed", 1);
        return KillsTest.WAY.stream()
                .flatMap(boundary -> LongStream.range(first, first + (given != null ? 1 : seeds))
                        .mapToObj(seed -> DynamicTest.dynamicTest(
                                where + ", dies at " + boundary + ", seed " + seed, () -> scene.play(seed, boundary))));
    }

    private Path fresh() throws Exception {
        return Files.createTempDirectory(folder, "life");
    }

    private RowBag oracle() throws Exception {
        Path own = fresh();
        Places.Place place = Places.local(own).next();
        new Life(own, own.resolve("state.db"), place, SyncMode.INCREMENTAL, Feed.generated(ROWS)).whole();
        RowBag rows = bag(place);
        assertThat(rows.size()).isEqualTo(ROWS);
        return rows;
    }

    private static RowBag bag(Places.Place place) {
        try (ObjectStore store = place.open()) {
            return TableReader.bag(store);
        }
    }

    private void lives(Places.Place place, long seed, Boundary boundary) throws Exception {
        Random random = new Random(seed * Boundary.values().length + boundary.ordinal());
        Path own = fresh();
        SyncMode mode = random.nextBoolean() ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL;
        boolean forgotten = random.nextBoolean();
        Life life = new Life(own, own.resolve("state.db"), place, mode, Feed.generated(ROWS));
        int passing = 1 + random.nextInt(LATEST_PASSING);
        boolean died = life.until(boundary, passing);
        assertThat(died || passing > 1).as("every life passes " + boundary).isTrue();
        for (int more = random.nextInt(MOST_MORE_DEATHS + 1); more > 0; more--) {
            life = next(life, forgotten);
            life.until(KillsTest.WAY.get(random.nextInt(KillsTest.WAY.size())), 1 + random.nextInt(LATEST_PASSING));
        }
        next(life, forgotten).whole();
    }

    private Life next(Life before, boolean forgotten) throws Exception {
        if (!forgotten) {
            Thread.sleep(Life.LEASE.multipliedBy(2));
            return before;
        }
        Path own = fresh();
        return new Life(own, own.resolve("state.db"), before.place(), before.mode(), before.feed());
    }

    private static void isWhole(Places.Place place, RowBag oracle, List<String> leftBehind) {
        assertThat(bag(place).differences(oracle)).isEmpty();
        try (ObjectStore store = place.open()) {
            ProtocolChecker.check(store);
            assertThat(ProtocolChecker.unlisted(store)).as("left behind").isSubsetOf(leftBehind);
        }
    }

    private Scene local(RowBag oracle) {
        return (seed, boundary) -> {
            Places.Place place = Places.local(fresh()).next();
            lives(place, seed, boundary);
            isWhole(place, oracle, List.of());
        };
    }

    private Scene s3(RowBag oracle) {
        return (seed, boundary) -> {
            try (S3Server server = new S3Server();
                    StormyS3 storm = new StormyS3(server, seed)) {
                lives(storm.place(), seed, boundary);
                Places.Place place = storm.calm();
                try (ObjectStore store = place.open()) {
                    // what arrives late is nobody's until the next run
                    isWhole(place, oracle, ProtocolChecker.unlisted(store));
                }
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> lives_that_die_at_each_boundary_of_a_local_table_leave_each_row_once() throws Exception {
        return each("local", SEEDS, local(oracle()));
    }

    @TestFactory
    Stream<DynamicTest> lives_that_die_at_each_boundary_of_a_table_in_a_failing_s3_leave_each_row_once()
            throws Exception {
        return each("s3", SEEDS, s3(oracle()));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_lives_that_die_at_each_boundary_leave_each_row_once_locally() throws Exception {
        return each("local", Integer.getInteger("kill.seeds", SWEEP), local(oracle()));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_lives_that_die_at_each_boundary_leave_each_row_once_in_a_failing_s3()
            throws Exception {
        return each("s3", Integer.getInteger("kill.seeds", SWEEP), s3(oracle()));
    }
}
