package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// More data than memory, in few rows and in many (R10): first out of the generator, then through the files source.
@Execution(ExecutionMode.CONCURRENT)
class LargeRowsTest {
    private static final String HEAP = "-Xmx512m";
    private static final String HALF = "-Xmx256m";
    private static final Duration LONG = Duration.ofMinutes(10);
    /// Those of the generator: inferred ones would have no decimals.
    private static final String COLUMNS = "{fields: [{name: id, type: int64}, {name: customer_id, type: int64},"
            + " {name: status, type: string}, {name: amount, type: 'decimal(12,2)'},"
            + " {name: created_at, type: timestamp}, {name: note, type: string}]}";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} rows of {1} bytes, runner {2}")
    @CsvSource({"20, 16000000, thread", "60000, 5000, thread"})
    void rows_larger_than_the_heap_go_through_it(long rows, int bytes, String runner) {
        holds(rows, bytes, runner, HALF);
    }

    @Tag("sweep")
    @ParameterizedTest(name = "{0} rows of {1} bytes, runner {2}")
    @CsvSource({"40, 16000000, thread", "100000, 5000, thread", "10, 16000000, stream", "4, 40000000, thread"})
    void larger_rows_and_rows_on_one_thread_go_through_it(long rows, int bytes, String runner) {
        holds(rows, bytes, runner, HEAP);
    }

    /// Fetched, it takes a permit; to be shipped it needs one as well.
    @Test
    void a_row_larger_than_every_share_of_the_budget_goes_through() {
        Path work = folder.resolve("giants");
        PipelineYaml.orders(6)
                .source("record_bytes", 16_000_000)
                .source("page_size", 1)
                .engine("memory_budget", 8)
                .write(work);
        run(work, 6, HEAP);
    }

    @Test
    void a_row_the_heap_has_no_room_for_ends_the_run_and_says_why() {
        Path work = folder.resolve("too-large");
        PipelineYaml.orders(2)
                .source("record_bytes", 40_000_000)
                .source("page_size", 1)
                .write(work);
        try (ChildRun run =
                ChildCommand.run(work, PipelineYaml.FILE).withJvm("-Xmx64m").start()) {
            ChildResult result = run.await(LONG).exits(1);
            assertThat(result.errorCode()).isEqualTo("W5010");
            assertThat(result.err()).contains("the heap may have").contains("-Xmx");
        }
    }

    @Tag("soak")
    @ParameterizedTest(name = "{0} rows of {1} bytes")
    @CsvSource({"400, 16000000", "1000000, 5000"})
    void ten_times_as_many_rows_go_through_the_same_heap(long rows, int bytes) {
        holds(rows, bytes, "thread", HEAP);
    }

    /// The heap is touched from the start, so that what grows is something else.
    @Tag("soak")
    @Test
    void resident_memory_is_flat_from_a_hundred_thousand_rows_to_ten_million() {
        List<Long> peaks = LongStream.of(100_000, 1_000_000, 10_000_000)
                .mapToObj(this::peakMemory)
                .toList();
        System.out.println("peak resident bytes: " + peaks);
        assertThat(peaks.getLast()).isLessThan(peaks.getFirst() * 5 / 4);
    }

    private long peakMemory(long rows) {
        Path work = folder.resolve("rows-" + rows);
        PipelineYaml.orders(rows).destination("commit_interval", 1).write(work);
        AtomicLong peak = new AtomicLong();
        try (ChildRun run = ChildCommand.run(work, PipelineYaml.FILE)
                .withJvm("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch")
                .start()) {
            Awaitility.await()
                    .atMost(LONG)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        run.peakMemory().ifPresent(bytes -> peak.accumulateAndGet(bytes, Math::max));
                        return !run.isAlive();
                    });
            assertThat(run.await().exits(0).count("written")).isEqualTo(rows);
        }
        return peak.get();
    }

    private void holds(long rows, int bytes, String runner, String heap) {
        Path made = folder.resolve("made-" + rows);
        PipelineYaml.orders(rows)
                .source("record_bytes", bytes)
                .source("page_size", Math.clamp(1_000_000 / bytes, 1, 1000))
                .engine("runner", "{type: " + runner + "}")
                .write(made);
        run(made, rows, heap);

        Path copied = folder.resolve("copied-" + rows);
        PipelineYaml.files(made.resolve("out") + "/*.ndjson")
                .source("schema", COLUMNS)
                .engine("runner", "{type: " + runner + "}")
                .write(copied);
        run(copied, rows, heap);

        RowBag original = FolderOracle.ofFolder(made.resolve("out")).byGlob();
        FolderOracle copy = FolderOracle.ofFolder(copied.resolve("out"));
        assertThat(original.size()).isEqualTo(rows);
        assertThat(original.distinct()).isEqualTo(rows);
        assertThat(copy.byGlob().differences(original)).isEmpty();
        assertThat(copy.committedRows()).isEqualTo(rows);
    }

    private static void run(Path folder, long rows, String heap) {
        ChildResult result;
        try (ChildRun run =
                ChildCommand.run(folder, PipelineYaml.FILE).withJvm(heap).start()) {
            result = run.await(LONG).exits(0);
        }
        assertThat(result.count("written")).isEqualTo(rows);
        assertThat(result.count("rejected")).isZero();
    }
}
