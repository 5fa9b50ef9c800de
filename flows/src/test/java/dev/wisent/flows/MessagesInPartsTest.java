package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
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

/// Records of 10 KB, of which several go into an entry, through brokers that take messages of 4 KB: whoever publishes or loads
/// them dies between the parts of an entry.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class MessagesInPartsTest {
    private static final int TRIALS = Integer.getInteger("kill.trials", 60);
    private static final int ROWS = 240;
    private static final int BYTES = 10_000;
    private static final int LATEST_PASSING = 100;
    private static final String JOB = "orders/orders";

    @TempDir
    Path folder;

    private final Map<Target, RowBag> undisturbed = new EnumMap<>(Target.class);

    @ParameterizedTest
    @CsvSource({"KAFKA, FILE, PART_TAKEN, 25", "RABBITMQ, POSTGRES, PART_PUBLISHED, 40"})
    void a_run_that_dies_between_the_parts_of_an_entry_and_the_next_one_leave_each_row_once(
            Through queue, Target target, Boundary boundary, int passing) {
        Path working = folder.resolve("dies");
        ChildCommand command = pipeline(working, target, queue.narrow("parts-thread", JOB));

        ChildResult dead = command.killedAt(boundary, passing).result();
        assertThat(dead.exit()).as(dead.toString()).isEqualTo(ChildResult.KILLED);
        command.here().exits(0);

        assertSame(target, working);
    }

    @ParameterizedTest
    @CsvSource({"KAFKA, POSTGRES, EXTRACTOR, PART_PUBLISHED, 40", "RABBITMQ, FILE, LOADER, PART_TAKEN, 25"})
    void a_process_that_dies_between_the_parts_of_an_entry_is_started_again_and_each_row_comes_once(
            Through queue, Target target, Victim victim, Boundary boundary, int passing) {
        Path working = folder.resolve("restarts");
        ChildCommand command = pipeline(working, target, queue.narrow("parts-process", JOB));

        ChildResult told = victim.dies(command, boundary, passing, new Gate(folder.resolve("gate")))
                .exits(0);

        assertThat(told.err()).contains("it is started again");
        assertSame(target, working);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> entries_in_parts_come_whole_and_once_whoever_dies_between_them() {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return LongStream.range(first, first + TRIALS)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> dies(seed, new Random(seed))));
    }

    private void dies(long seed, Random random) {
        Through queue = any(Through.values(), random);
        Target target = any(new Target[] {Target.FILE, Target.DELTA, Target.POSTGRES}, random);
        Path working = folder.resolve("seed" + seed);
        ChildCommand command = pipeline(working, target, queue.narrow("parts-seed" + seed, JOB));
        for (int deaths = 1 + random.nextInt(2); deaths > 0; deaths--) {
            Boundary boundary = any(new Boundary[] {Boundary.PART_PUBLISHED, Boundary.PART_TAKEN}, random);
            int passing = 1 + random.nextInt(LATEST_PASSING);
            if (random.nextBoolean()) {
                assertThat(command.killedAt(boundary, passing).result().exit()).isIn(0, ChildResult.KILLED);
            } else {
                Gate gate = new Gate(working.resolve("gate" + deaths));
                any(Victim.values(), random)
                        .dies(command, boundary, passing, gate)
                        .exits(0);
            }
        }
        command.here().exits(0);
        assertSame(target, working);
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    /// In messages as large as the brokers take them, and in small ones.
    @Tag("sweep")
    @ParameterizedTest
    @CsvSource({"KAFKA, process", "RABBITMQ, thread"})
    void records_of_ten_megabytes_go_through(Through queue, String runner) {
        String orders = "rows: 3, record_bytes: 10000000, page_size: 1, sync_mode: full_refresh";
        Path plain = folder.resolve("plain-large");
        pipeline(plain, Target.FILE, "{type: memory}", orders).here().exits(0);
        RowBag expected = Target.FILE.rows(plain);
        assertThat(expected.distinct()).isEqualTo(3);

        for (String given : new String[] {queue.wide("parts-wide"), queue.narrow("parts-large", JOB)}) {
            Path working = folder.resolve("large" + given.hashCode());
            pipeline(working, Target.FILE, given, orders)
                    .with("--runner", runner)
                    .result()
                    .exits(0);
            assertThat(Target.FILE.rows(working).differences(expected)).isEmpty();
        }
    }

    private void assertSame(Target target, Path working) {
        assertThat(target.rows(working).differences(plain(target))).isEmpty();
    }

    /// Trials go on side by side.
    private synchronized RowBag plain(Target target) {
        return undisturbed.computeIfAbsent(target, each -> {
            Path working = folder.resolve("plain-" + each);
            pipeline(working, each, "{type: memory}").here().exits(0);
            RowBag rows = each.rows(working);
            assertThat(rows.distinct()).isEqualTo(ROWS);
            return rows;
        });
    }

    private static ChildCommand pipeline(Path working, Target target, String queue) {
        String orders = "rows: %d, record_bytes: %d, page_size: 12, sleep_ms: 40, sync_mode: incremental";
        return pipeline(working, target, queue, orders.formatted(ROWS, BYTES));
    }

    private static ChildCommand pipeline(Path working, Target target, String queue, String orders) {
        try {
            Files.createDirectories(working);
            Files.writeString(working.resolve("pipeline.yml"), """
                    name: orders
                    source: {name: generator, stream: orders, %s}
                    destination: {%s, commit_interval: 0.05}}
                    engine: {lease: {heartbeat: 0.2, expiry: 1}, queue: %s, backend: {database: "%s"}}
                    """.formatted(
                            orders, target.destination(working), queue, working.resolve("state.db")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildCommand.run(working, "pipeline.yml");
    }
}
