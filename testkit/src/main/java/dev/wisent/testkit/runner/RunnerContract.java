package dev.wisent.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.StreamId;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunListener;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.state.SqliteStateStore;
import dev.wisent.testkit.connector.Configured;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds under each runner, as tests to inherit: the same rows, a stop that drains, failures that arrive with their cause,
/// no thread left behind, and no more read ahead than the memory budget has room for. Whole runs in this process, against a
/// source and a destination in memory. What survives a kill is told by `KillSweep`.
public abstract class RunnerContract {
    private static final long PAGES = 40;
    private static final long STOP_AT = 10;
    private static final long BUDGET = 1 << 20;
    private static final int LARGE = 20_000;
    private static final List<String> POOLS =
            List.of("awaitility", "ForkJoinPool", "VirtualThread-", "Cleaner", "Common-Cleaner");

    @TempDir
    Path folder;

    private final StateStore store = SqliteStateStore.inMemory();

    /// The runner under test.
    protected abstract EngineSettings.Runner runner();

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    void every_record_arrives_once_and_the_refresh_is_published_once() {
        KeptNumbers kept = new KeptNumbers(rows -> {});
        CountedPages pages = new CountedPages(PAGES, 0, page -> {});

        RunOutcome outcome = run(pages, kept, OptionalLong.empty()).run();

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.status()).isEqualTo(RunRecord.Status.SUCCEEDED);
        assertThat(kept.numbers).containsExactlyInAnyOrderElementsOf(CountedPages.numbers(PAGES));
        assertThat(kept.published).hasSize(1);
    }

    @Test
    void a_stop_ends_the_run_as_interrupted_publishes_nothing_and_the_next_run_reads_the_rest() {
        KeptNumbers kept = new KeptNumbers(rows -> {});
        AtomicReference<PipelineRun> running = new AtomicReference<>();
        CountedPages pages = new CountedPages(PAGES, 0, page -> {
            if (page == STOP_AT) {
                running.get().stop();
            }
        });
        running.set(run(pages, kept, OptionalLong.empty()));

        assertThat(running.get().run().status()).isEqualTo(RunRecord.Status.INTERRUPTED);
        assertThat(kept.published).isEmpty();
        assertThat(kept.numbers).hasSizeLessThan(CountedPages.numbers(PAGES).size());

        CountedPages rest = new CountedPages(PAGES, 0, page -> {});
        RunOutcome second = run(rest, kept, OptionalLong.empty()).run();
        assertThat(second.error()).isEmpty();
        assertThat(kept.numbers).containsExactlyInAnyOrderElementsOf(CountedPages.numbers(PAGES));
        assertThat(kept.published).hasSize(1);
    }

    @Test
    void a_stop_before_the_run_begins_ends_it_too() {
        KeptNumbers kept = new KeptNumbers(rows -> {});
        PipelineRun run = run(new CountedPages(PAGES, 0, page -> {}), kept, OptionalLong.empty());
        run.stop();

        assertThat(run.run().status()).isEqualTo(RunRecord.Status.INTERRUPTED);
        assertThat(kept.published).isEmpty();
    }

    @Test
    void a_failure_of_the_source_is_the_outcome_with_its_cause() {
        IllegalStateException torn = new IllegalStateException("page 3 is torn");
        CountedPages pages = new CountedPages(PAGES, 0, page -> {
            if (page == 3) {
                throw torn;
            }
        });

        RunOutcome outcome =
                run(pages, new KeptNumbers(rows -> {}), OptionalLong.empty()).run();

        failsBy(outcome, torn);
    }

    @Test
    void a_failure_of_the_destination_is_the_outcome_with_its_cause() {
        IOException full = new IOException("no room");
        KeptNumbers kept = new KeptNumbers(rows -> {
            throw full;
        });

        RunOutcome outcome = run(new CountedPages(PAGES, 0, page -> {}), kept, OptionalLong.empty())
                .run();

        failsBy(outcome, full);
    }

    private static void failsBy(RunOutcome outcome, Throwable cause) {
        assertThat(outcome.status()).isEqualTo(RunRecord.Status.FAILED);
        Throwable found = outcome.error().orElseThrow();
        while (!found.equals(cause) && found.getCause() != null) {
            found = found.getCause();
        }
        assertThat(found).isSameAs(cause);
    }

    @Test
    void no_thread_of_a_run_outlives_it_however_it_ends() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        run(new CountedPages(PAGES, 0, page -> {}), new KeptNumbers(rows -> {}), OptionalLong.empty())
                .run();
        run(
                        new CountedPages(PAGES, 0, page -> {
                            throw new IllegalStateException("at once");
                        }),
                        new KeptNumbers(rows -> {}),
                        OptionalLong.empty())
                .run();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(left(before)).isEmpty());
    }

    /// Names of threads there were not before; pools of the JVM and of the tests stay.
    private static Set<String> left(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> POOLS.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }

    @Test
    void while_nothing_can_be_written_no_more_is_read_than_the_budget_has_room_for() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        AtomicLong waiting = new AtomicLong();
        KeptNumbers kept = new KeptNumbers(rows -> {
            waiting.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        long pages = 400;
        CountedPages source = new CountedPages(pages, LARGE, page -> {});
        AtomicReference<RunOutcome> outcome = new AtomicReference<>();
        Thread thread = Thread.ofPlatform()
                .start(() ->
                        outcome.set(run(source, kept, OptionalLong.of(BUDGET)).run()));
        try {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> waiting.get() > 0);
            long[] last = {-1};
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> last[0] == (last[0] = source.handedOut.get()));
            // a batch and a writer's buffer stand beside the shares
            assertThat(source.handedOut.get() * LARGE).isLessThan(8 * BUDGET);
        } finally {
            open.countDown();
            thread.join();
        }
        assertThat(outcome.get().error()).isEmpty();
        assertThat(kept.numbers).containsExactlyInAnyOrderElementsOf(CountedPages.numbers(pages));
    }

    private PipelineRun run(CountedPages source, KeptNumbers destination, OptionalLong budget) {
        DestinationSettings settings = Configured.settings(OutputStream.nullOutputStream());
        EngineSettings standard = EngineSettings.standard();
        EngineSettings engine = new EngineSettings(
                runner(),
                2,
                standard.openSplits(),
                standard.envelopePrefix(),
                standard.heartbeat(),
                standard.leaseExpiry(),
                standard.grace(),
                Duration.ofSeconds(1),
                standard.untilIdle(),
                budget,
                0);
        Pipeline pipeline = new Pipeline(
                "numbers",
                "numbers",
                new StreamId(CountedPages.STREAM),
                source,
                new DestinationHandle.Batches(destination),
                settings.defaultTarget(),
                settings,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Pipeline.OnBadRecord.REJECT,
                0,
                folder.resolve("rejects"),
                engine);
        return new PipelineRun(pipeline, store, RunListener.NONE);
    }
}
