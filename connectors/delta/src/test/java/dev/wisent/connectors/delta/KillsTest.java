package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Runs in JVMs of their own, killed on their way into a table and run again. S3 is an endpoint in this JVM behind a network
/// that breaks; meanwhile it answers 500 and 503 to what it did, did not, or will do later. A test's name holds its seed.
@Execution(ExecutionMode.CONCURRENT)
class KillsTest {
    private static final int SWEEP = 50;
    private static final int ROWS = 600;
    /// From the download to the acknowledgement.
    static final List<Boundary> WAY = List.of(
            Boundary.FETCHED,
            Boundary.DECODED,
            Boundary.FLUSHED,
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.MANIFEST_WRITTEN,
            Boundary.MANIFEST_LINKED,
            Boundary.COMMITTED,
            Boundary.STATE_SAVED);

    @TempDir
    Path folder;

    private static String pipeline(Places.Place place, Random random) {
        return """
                name: lake
                source: {name: generator, stream: orders, sync_mode: %s, rows: %d, page_size: 100, sleep_ms: 5}
                destination: {name: delta, config: {%s, commit_interval: 0.3, checkpoint_interval: 3}}
                """.formatted(random.nextBoolean() ? "full_refresh" : "incremental", ROWS, place.yaml());
    }

    private Path working(String name, String pipeline) {
        try {
            Path working = Files.createDirectories(folder.resolve(name.replaceAll("\\W+", "-")));
            Files.writeString(working.resolve("pipeline.yml"), pipeline);
            return working;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RowBag oracle() {
        Places.Place place = Places.local(folder).next();
        Path working = working("oracle", pipeline(place, new Random(0)));
        ChildCommand.run(working, "pipeline.yml").training().exits(0);
        return bag(place);
    }

    private static RowBag bag(Places.Place place) {
        try (ObjectStore store = place.open()) {
            return TableReader.bag(store);
        }
    }

    private interface Kill {
        ChildResult of(ChildCommand command);
    }

    private void killedAndRunAgain(String name, Places.Place place, Random random, Kill kill) {
        ChildCommand command = ChildCommand.run(working(name, pipeline(place, random)), "pipeline.yml")
                .withJvm("-Dwisent.delta.base_every=4");
        assertThat(kill.of(command).exit()).as(name).isIn(0, ChildResult.KILLED);
        command.result().exits(0);
    }

    private static void isWhole(String name, Places.Place place, RowBag oracle) {
        assertThat(bag(place).differences(oracle)).as(name).isEmpty();
        try (ObjectStore store = place.open()) {
            ProtocolChecker.check(store);
        }
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
        Boundary boundary = WAY.get(random.nextInt(WAY.size()));
        return command.killedAt(boundary, 1 + random.nextInt(6)).result();
    }

    private DynamicTest local(String name, Random random, Kill kill, RowBag oracle) {
        return DynamicTest.dynamicTest(name, () -> {
            Places.Place place = Places.local(folder).next();
            killedAndRunAgain(name, place, random, kill);
            isWhole(name, place, oracle);
            try (ObjectStore store = place.open()) {
                assertThat(ProtocolChecker.unlisted(store)).as("left behind").isEmpty();
            }
        });
    }

    private DynamicTest s3(String name, long seed, Random random, Kill kill, RowBag oracle) {
        return DynamicTest.dynamicTest(name, () -> {
            try (S3Server server = new S3Server();
                    StormyS3 storm = new StormyS3(server, seed)) {
                killedAndRunAgain(name, storm.place(), random, kill);
                isWhole(name, storm.calm(), oracle);
            }
        });
    }

    private static Kill at(Boundary boundary, Random random) {
        return command -> command.killedAt(boundary, 1 + random.nextInt(3)).result();
    }

    private Stream<DynamicTest> locally(List<Boundary> boundaries) {
        long seed = Long.getLong("wisent.seed", 1);
        RowBag oracle = oracle();
        return boundaries.stream().map(boundary -> {
            Random random = new Random(seed + boundary.ordinal());
            return local("local, killed at " + boundary + ", seed " + seed, random, at(boundary, random), oracle);
        });
    }

    private Stream<DynamicTest> inS3(List<Boundary> boundaries) {
        long seed = Long.getLong("wisent.seed", 1);
        RowBag oracle = oracle();
        return boundaries.stream().map(boundary -> {
            Random random = new Random(seed + boundary.ordinal());
            return s3("s3, killed at " + boundary + ", seed " + seed, seed, random, at(boundary, random), oracle);
        });
    }

    /// With what a JVM of its own adds to [DeathsTest]: the commit that is in and not answered, and the state store's file.
    @TestFactory
    Stream<DynamicTest> a_run_killed_on_its_way_into_a_local_table_and_its_rerun_leave_each_row_once() {
        return locally(List.of(Boundary.MANIFEST_LINKED, Boundary.STATE_SAVED));
    }

    @TestFactory
    Stream<DynamicTest> a_run_killed_on_its_way_into_a_table_in_a_failing_s3_and_its_rerun_leave_each_row_once() {
        return inS3(List.of(Boundary.MANIFEST_WRITTEN));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_run_killed_at_each_boundary_of_a_local_table_and_its_rerun_leave_each_row_once() {
        return locally(WAY);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_run_killed_at_each_boundary_of_a_table_in_a_failing_s3_and_its_rerun_leave_each_row_once() {
        return inS3(WAY);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_again_and_again_leave_each_row_once_locally() {
        RowBag oracle = oracle();
        return seeds().map(seed -> {
            Random random = new Random(seed);
            return local("local, seed " + seed, random, anywhere(random), oracle);
        });
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_again_and_again_leave_each_row_once_in_a_failing_s3() {
        RowBag oracle = oracle();
        return seeds().map(seed -> {
            Random random = new Random(seed);
            return s3("s3, seed " + seed, seed, random, anywhere(random), oracle);
        });
    }

    private static Stream<Long> seeds() {
        Long given = Long.getLong("kill.seed");
        long first = Long.getLong("wisent.seed", 1);
        return given != null
                ? Stream.of(given)
                : IntStream.range(0, Integer.getInteger("kill.seeds", SWEEP)).mapToObj(i -> first + i);
    }

    @Test
    void an_upload_in_parts_that_a_killed_run_left_is_dropped_by_the_next() throws Exception {
        S3Server server = new S3Server();
        try (Places places = Places.s3(server)) {
            Places.Place place = places.next();
            Path working = working("parts", """
                    name: lake
                    source: {name: generator, stream: orders, rows: 600, record_bytes: 20000, page_size: 100}
                    destination: {name: delta, config: {%s, compression: none, part_size_mb: 5}}
                    """.formatted(place.yaml()));
            ChildCommand command = ChildCommand.run(working, "pipeline.yml");
            assertThat(command.killedAt(Boundary.STAGING, 1).result().exit()).isEqualTo(ChildResult.KILLED);
            try (ObjectStore store = place.open()) {
                assertThat(store.pendingUploads("")).isNotEmpty();

                command.result().exits(0);

                assertThat(store.pendingUploads("")).isEmpty();
                assertThat(TableReader.bag(store).size()).isEqualTo(600);
                assertThat(ProtocolChecker.unlisted(store)).isEmpty();
            }
        }
    }
}
