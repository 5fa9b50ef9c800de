package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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
    private static final int STORM_PERCENT = 6;
    /// From the download to the acknowledgement.
    private static final List<Boundary> WAY = List.of(
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
        ChildCommand.run(working, "pipeline.yml").result().exits(0);
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
            S3Server server = new S3Server();
            try (Places places = Places.s3(server);
                    FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
                Places.Place direct = places.next();
                Map<String, String> options = new HashMap<>(direct.options());
                options.put("timeout", "2");
                options.put("retry_budget", "60");
                Places.Place place = new Places.Place(
                        direct.url().replace(":" + server.port() + "/", ":" + proxy.port() + "/"), options);
                server.blobs().storm(seed, STORM_PERCENT);
                Breaking breaking = new Breaking(proxy, seed);
                try {
                    killedAndRunAgain(name, place, random, kill);
                } finally {
                    breaking.end();
                }
                server.blobs().calm();
                isWhole(name, direct, oracle);
            }
        });
    }

    /// Resets connections now and then.
    private static final class Breaking {
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Breaking(FaultProxy proxy, long seed) {
            Random random = new Random(seed);
            thread = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    LockSupport.parkNanos(
                            Duration.ofMillis(100 + random.nextInt(400)).toNanos());
                    proxy.end(Ending.RESET);
                }
            });
        }

        void end() throws InterruptedException {
            over.set(true);
            thread.join();
        }
    }

    private static Kill at(Boundary boundary, Random random) {
        return command -> command.killedAt(boundary, 1 + random.nextInt(3)).result();
    }

    @TestFactory
    Stream<DynamicTest> a_run_killed_at_each_boundary_of_a_local_table_and_its_rerun_leave_each_row_once() {
        long seed = System.currentTimeMillis();
        RowBag oracle = oracle();
        return WAY.stream().map(boundary -> {
            Random random = new Random(seed + boundary.ordinal());
            return local("local, killed at " + boundary + ", seed " + seed, random, at(boundary, random), oracle);
        });
    }

    @TestFactory
    Stream<DynamicTest> a_run_killed_at_each_boundary_of_a_table_in_a_failing_s3_and_its_rerun_leave_each_row_once() {
        long seed = System.currentTimeMillis();
        RowBag oracle = oracle();
        return WAY.stream().map(boundary -> {
            Random random = new Random(seed + boundary.ordinal());
            return s3("s3, killed at " + boundary + ", seed " + seed, seed, random, at(boundary, random), oracle);
        });
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
        long first = System.currentTimeMillis();
        return given != null ? Stream.of(given) : IntStream.range(0, SWEEP).mapToObj(i -> first + i);
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
