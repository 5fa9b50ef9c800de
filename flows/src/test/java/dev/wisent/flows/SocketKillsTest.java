package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The queue `memory` between processes, whose extractor and loaders die at any time, one to three times in a run that goes on
/// to its end: the rows are those of a run in one process.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class SocketKillsTest {
    private static final int TRIALS = Integer.getInteger("kill.trials", 200);
    private static final int EVERY_DAY = 3;
    private static final int ROWS = 2_000;
    /// 4 MB in all, which do not fit into the queue where the budget is the small one.
    private static final int BYTES = 2_000;
    private static final int SMALL_BUDGET = 8;
    private static final int LATEST_MILLIS = 2_500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Map<Target, RowBag> undisturbed = new EnumMap<>(Target.class);

    @TestFactory
    Stream<DynamicTest> processes_with_a_socket_between_them_that_are_killed_at_random_leave_each_row_once() {
        return trials(EVERY_DAY);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_with_a_socket_between_them_that_are_killed_at_random_leave_each_row_once() {
        return trials(TRIALS);
    }

    private Stream<DynamicTest> trials(int trials) {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return LongStream.range(first, first + trials)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> dies(seed, new Random(seed))));
    }

    private void dies(long seed, Random random) {
        Target target = any(random, Target.FILE, Target.DELTA, Target.POSTGRES);
        Path working = folder.resolve("seed" + seed);
        String mode = any(random, "incremental", "full_refresh");
        String engine = any(random, "", "\n  memory_budget: " + SMALL_BUDGET);
        int loaders = 1 + random.nextInt(2);
        try (ChildRun run = pipeline(working, target, mode, 20 + random.nextInt(60), engine, loaders)
                .start()) {
            for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
                Victim victim = any(random, Victim.values());
                pause(run, random.nextInt(LATEST_MILLIS));
                victim.roles().forEach(role -> kill(run, role));
            }
            run.await().exits(0);
        }
        assertThat(target.rows(working).differences(plain(target))).isEmpty();
    }

    private static void pause(ChildRun run, int millis) {
        ProcessHandle.of(run.pid())
                .ifPresent(watched -> watched.onExit()
                        .completeOnTimeout(watched, millis, TimeUnit.MILLISECONDS)
                        .join());
    }

    /// One that died a moment ago is waited for.
    private static void kill(ChildRun run, String role) {
        Optional<ProcessHandle> half = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> run.anyDescendant("--role", role), found -> found.isPresent() || !run.isAlive());
        half.ifPresent(ProcessHandle::destroyForcibly);
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /// Trials go on side by side.
    private synchronized RowBag plain(Target target) {
        return undisturbed.computeIfAbsent(target, each -> {
            Path working = folder.resolve("plain-" + each);
            pipeline(working, each, "incremental", 0, "", 1)
                    .with("--runner", "thread")
                    .here()
                    .exits(0);
            RowBag rows = each.rows(working);
            assertThat(rows.distinct()).isEqualTo(ROWS);
            return rows;
        });
    }

    private static ChildCommand pipeline(
            Path working, Target target, String mode, int sleep, String engine, int loaders) {
        try {
            Files.createDirectories(working);
            Files.writeString(working.resolve("pipeline.yml"), """
                    name: orders
                    source: {name: generator, stream: orders, sync_mode: %s, rows: %d, record_bytes: %d, page_size: 50, sleep_ms: %d}
                    destination: {%s, commit_interval: 0.05}}
                    engine:
                      lease: {heartbeat: 0.2, expiry: 1}
                      runner: {type: process, config: {loaders: %d}}
                      backend: {database: "%s"}%s
                    """.formatted(
                            mode,
                            ROWS,
                            BYTES,
                            sleep,
                            target.destination(working),
                            loaders,
                            working.resolve("state.db"),
                            engine));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildCommand.run(working, "pipeline.yml");
    }
}
