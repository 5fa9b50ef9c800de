package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows that go through each broker into each destination, while a run, or in the sweeps its extractor or its loader, dies:
/// they are those of a run without a queue. Cells with `file` are in the modules of the brokers.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class QueuesIntoTablesTest {
    private static final int TRIALS = Integer.getInteger("kill.trials", 200);
    private static final int ROWS = 2_000;
    private static final int PAGES = 40;
    private static final List<Boundary> WAY = List.of(
            Boundary.BEFORE_CLAIM,
            Boundary.AFTER_CLAIM,
            Boundary.AFTER_BEGIN,
            Boundary.FETCHED,
            Boundary.DECODED,
            Boundary.FLUSHED,
            Boundary.STAGED,
            Boundary.BEFORE_COMMIT,
            Boundary.MANIFEST_WRITTEN,
            Boundary.COMMITTED,
            Boundary.ACKNOWLEDGED,
            Boundary.BEFORE_PUBLISH,
            Boundary.PUBLISHED);

    @TempDir
    Path folder;

    private final Map<Target, RowBag> undisturbed = new EnumMap<>(Target.class);

    @ParameterizedTest
    @CsvSource({
        "KAFKA,    DELTA,    incremental,  MANIFEST_WRITTEN, 4",
        "KAFKA,    POSTGRES, full_refresh, BEFORE_PUBLISH,   1",
        "KAFKA,    FILE,     full_refresh, STAGED,           1",
        "RABBITMQ, POSTGRES, incremental,  COMMITTED,        4",
        "RABBITMQ, DELTA,    full_refresh, PUBLISHED,        1",
        "RABBITMQ, FILE,     full_refresh, AFTER_BEGIN,      1"
    })
    void a_run_through_a_queue_that_dies_and_the_next_one_leave_each_row_once(
            Through queue, Target target, String mode, Boundary boundary, int passing) {
        ChildCommand command = pipeline("killed", target, queue.queue("killed" + boundary), mode);

        ChildResult dead = command.killedAt(boundary, passing).result();
        assertThat(dead.exit()).as(dead.toString()).isEqualTo(ChildResult.KILLED);
        command.here().exits(0);

        assertSame(target, "killed");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA, POSTGRES, thread",
        "KAFKA, DELTA, process",
        "RABBITMQ, POSTGRES, process",
        "RABBITMQ, FILE, thread"
    })
    void an_extraction_that_fails_shows_none_of_its_rows(Through queue, Target target, String runner) {
        String name = "failing";
        pipeline(name, target, queue.queue(name), "full_refresh").here().exits(0);
        ChildCommand failing =
                pipeline(name, target, queue.queue(name), "full_refresh, seed: 2, fail_at_page: " + PAGES);

        ChildResult failed = failing.with("--runner", runner).here().exits(1);

        assertThat(failed.out()).contains("W3002");
        assertSame(target, name);
    }

    private void assertSame(Target target, String name) {
        RowBag plain = plain(target);
        assertThat(plain.distinct()).isEqualTo(ROWS);
        assertThat(target.rows(folder.resolve(name)).differences(plain)).isEmpty();
    }

    /// Trials of a sweep go on side by side.
    private synchronized RowBag plain(Target target) {
        return undisturbed.computeIfAbsent(target, each -> {
            pipeline("plain", each, "{type: memory}", "incremental").here().exits(0);
            return each.rows(folder.resolve("plain"));
        });
    }

    private ChildCommand pipeline(String name, Target target, String queue, String mode) {
        Path working = folder.resolve(name);
        write(
                working.resolve("pipeline.yml"),
                text(target.destination(working), queue, mode, "database: \"" + working.resolve("state.db") + "\""));
        return ChildCommand.run(working, "pipeline.yml");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String destination, String queue, String mode, String state) {
        return """
                name: orders
                source: {name: generator, stream: orders, sync_mode: %s, rows: %d, page_size: %d, sleep_ms: 10}
                destination: {%s, commit_interval: 0.05}}
                engine: {lease: {heartbeat: 0.2, expiry: 1}, queue: %s, backend: {%s}}
                """.formatted(mode, ROWS, ROWS / PAGES, destination, queue, state);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_through_kafka_into_files_killed_anywhere_are_there_once() {
        return sweep(Through.KAFKA, Target.FILE);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_through_kafka_into_a_delta_table_killed_anywhere_are_there_once() {
        return sweep(Through.KAFKA, Target.DELTA);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_through_kafka_into_postgres_killed_anywhere_are_there_once() {
        return sweep(Through.KAFKA, Target.POSTGRES);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_through_rabbitmq_into_files_killed_anywhere_are_there_once() {
        return sweep(Through.RABBITMQ, Target.FILE);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_through_rabbitmq_into_a_delta_table_killed_anywhere_are_there_once() {
        return sweep(Through.RABBITMQ, Target.DELTA);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_through_rabbitmq_into_postgres_killed_anywhere_are_there_once() {
        return sweep(Through.RABBITMQ, Target.POSTGRES);
    }

    private Stream<DynamicTest> sweep(Through queue, Target target) {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return LongStream.range(first, first + TRIALS)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    Random random = new Random(seed);
                    String name = "seed" + seed;
                    // What a killed run left in a queue must not be met by a run into another destination.
                    ChildCommand command = pipeline(
                            name,
                            target,
                            queue.queue(target + "-" + name),
                            random.nextBoolean() ? "incremental" : "full_refresh");
                    for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
                        if (random.nextBoolean()) {
                            killedHalf(command.with("--runner", "process"), random);
                        } else {
                            killed(command, random);
                        }
                    }
                    command.here().exits(0);
                    assertSame(target, name);
                }));
    }

    private static void killed(ChildCommand command, Random random) {
        Boundary boundary = WAY.get(random.nextInt(WAY.size()));
        assertThat(command.killedAt(boundary, 1 + random.nextInt(20)).result().exit())
                .isIn(0, ChildResult.KILLED);
    }

    /// Extractor, loader, or who watches both, at any time; in the first two cases the run goes on to its end.
    private static void killedHalf(ChildCommand command, Random random) {
        try (ChildRun run = command.start()) {
            Duration delay = Duration.ofMillis(500 + random.nextInt(2_500));
            int victim = random.nextInt(3);
            if (victim == 0) {
                run.descendant("--role", "load");
                List<ProcessHandle> halves = ProcessHandle.of(run.pid()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList();
                run.killedAfter(delay);
                // They see that nobody watches any more, and end; until then the next run is refused.
                halves.forEach(
                        half -> half.onExit().orTimeout(1, TimeUnit.MINUTES).join());
            } else {
                ProcessHandle half = run.descendant("--role", victim == 1 ? "extract" : "load");
                boolean unused = half.onExit()
                        .completeOnTimeout(half, delay.toMillis(), TimeUnit.MILLISECONDS)
                        .join()
                        .destroyForcibly();
                run.await().exits(0);
            }
        }
    }
}
