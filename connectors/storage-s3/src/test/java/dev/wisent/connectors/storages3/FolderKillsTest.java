package dev.wisent.connectors.storages3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Runs in JVMs of their own, killed on their way into a folder of S3 and run again. The endpoint answers 500 and 503 to what
/// it did, did not, or will do later, copies too, and connections are reset. A test's name holds its seed.
@Execution(ExecutionMode.CONCURRENT)
class FolderKillsTest {
    private static final int SWEEP = 50;
    private static final int ROWS = 600;
    private static final int STORM_PERCENT = 6;
    /// Where a folder in a store differs from one on disk.
    private static final List<Boundary> WAY = List.of(
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.MANIFEST_WRITTEN,
            Boundary.MANIFEST_LINKED,
            Boundary.IN_ROLL_FORWARD,
            Boundary.ROLLED_FORWARD,
            Boundary.BASE_WRITTEN,
            Boundary.BASE_NAMED,
            Boundary.MANIFEST_REMOVED);

    @TempDir
    Path folder;

    private Path working(String name, String destination, Random random) {
        String mode = random.nextBoolean() ? "full_refresh" : "incremental";
        try {
            Path working = Files.createDirectories(folder.resolve(name.replaceAll("\\W+", "-")));
            Files.writeString(working.resolve("pipeline.yml"), """
                    name: events
                    source: {name: generator, stream: orders, sync_mode: %s, rows: %d, page_size: 100, sleep_ms: 5}
                    destination: {name: file, config: {%s, commit_interval: 0.3}}
                    """.formatted(mode, ROWS, destination));
            return working;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RowBag oracle() {
        Path working = working("oracle", "path: \"" + folder + "/oracle/out/\"", new Random(0));
        ChildCommand.run(working, "pipeline.yml").here().exits(0);
        try (ObjectStore store = Stores.local().open(working.resolve("out").toString(), Map.of())) {
            return bag(store);
        }
    }

    /// Every row that somebody sees who lists the folder.
    private static RowBag bag(ObjectStore store) {
        RowBag bag = new RowBag();
        for (Optional<ListRequest> request = Optional.of(ListRequest.of("")); request.isPresent(); ) {
            ListPage page = store.list(request.get());
            page.objects().stream()
                    .map(ObjectInfo::path)
                    .filter(path -> !path.startsWith(".wisent"))
                    .forEach(path -> lines(store, path).forEach(bag::add));
            request = page.next();
        }
        return bag;
    }

    private static Stream<String> lines(ObjectStore store, String path) {
        try (ObjectContent content = store.get(GetRequest.of(path))) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Kill {
        ChildResult of(ChildCommand command);
    }

    private DynamicTest test(String name, long seed, Random random, Kill kill, RowBag oracle) {
        return DynamicTest.dynamicTest(name, () -> {
            try (S3Server server = new S3Server();
                    FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
                server.createBucket("bucket");
                server.blobs().storm(seed, STORM_PERCENT);
                Breaking breaking = new Breaking(proxy, seed);
                String destination = """
                        path: "s3::http://127.0.0.1:%d/bucket/events/", storage_options: \
                        {aws_access_key_id: "%s", aws_secret_access_key: "%s", timeout: 2, retry_budget: 60}""".formatted(proxy.port(), S3Server.KEY_ID, S3Server.SECRET);
                try {
                    ChildCommand command = ChildCommand.run(working(name, destination, random), "pipeline.yml")
                            .withJvm("-Dwisent.file.base_every=4");
                    assertThat(kill.of(command).exit()).as(name).isIn(0, ChildResult.KILLED);
                    command.result().exits(0);
                } finally {
                    breaking.end();
                }
                server.blobs().calm();
                try (ObjectStore store = new Stores(any -> Optional.of(new S3Factory()), Map.of())
                        .open(server.url("bucket/events"), S3Server.credentials())) {
                    assertThat(bag(store).differences(oracle)).as(name).isEmpty();
                }
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

    private static ChildResult anywhere(ChildCommand command, Random random) {
        ChildResult last = once(command, random);
        for (int more = random.nextInt(3); more > 0; more--) {
            last = once(command, random);
        }
        return last;
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

    @TestFactory
    Stream<DynamicTest> a_run_killed_at_a_boundary_of_a_folder_in_a_failing_s3_and_its_rerun_leave_each_row_once() {
        long seed = Long.getLong("wisent.seed", 1);
        RowBag oracle = oracle();
        return Stream.of(Boundary.MANIFEST_LINKED, Boundary.IN_ROLL_FORWARD).map(boundary -> {
            Random random = new Random(seed + boundary.ordinal());
            return test(
                    "killed at " + boundary + ", seed " + seed,
                    seed,
                    random,
                    command -> command.killedAt(boundary, 1 + random.nextInt(2)).result(),
                    oracle);
        });
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_on_their_way_into_a_folder_of_a_failing_s3_leave_each_row_once() {
        RowBag oracle = oracle();
        Long given = Long.getLong("kill.seed");
        long first = Long.getLong("wisent.seed", 1);
        int seeds = Integer.getInteger("kill.seeds", SWEEP);
        Stream<Long> all =
                given != null ? Stream.of(given) : IntStream.range(0, seeds).mapToObj(i -> first + i);
        return all.map(seed -> {
            Random random = new Random(seed);
            return test("seed " + seed, seed, random, command -> anywhere(command, random), oracle);
        });
    }
}
