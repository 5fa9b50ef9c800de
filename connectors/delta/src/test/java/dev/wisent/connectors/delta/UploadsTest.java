package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How data files get into the store.
class UploadsTest {
    private static final int PART = 5 << 20;

    @TempDir
    Path folder;

    private HookedStore store;

    @BeforeEach
    void whereNoTableIsYet() {
        store = new HookedStore(Stores.local().open(folder.resolve("events").toString(), Map.of()));
    }

    private Run run(Sending sending) {
        DeltaOptions base = Run.options(store, 1_000, 10);
        DeltaOptions options = new DeltaOptions(
                base.path(),
                Map.of(),
                base.parquet(),
                base.fileBytes(),
                sending,
                List.of(),
                base.maxOpenFiles(),
                base.rollover(),
                base.pipeline(),
                base.target(),
                base.baseEvery(),
                base.checkpointEvery(),
                base.engine());
        return new Run(new DeltaDestination(options, () -> store, Clock.systemUTC())).claimed();
    }

    /// Text that does not get smaller: `megabytes` of it.
    private static String[] rows(int megabytes) {
        Random random = new Random(7);
        String[] rows = new String[megabytes * 16];
        for (int i = 0; i < rows.length; i++) {
            StringBuilder row = new StringBuilder();
            while (row.length() < 64 << 10) {
                row.append((char) (' ' + random.nextInt(95)));
            }
            rows[i] = i + row.toString();
        }
        return rows;
    }

    /// Ships on a thread for each shipment, as the engine does.
    private static final class Threads implements Shipping {
        private final List<ExecutorService> threads = new ArrayList<>();

        @Override
        public Shipment start(String what) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            threads.add(thread);
            return new Shipment() {
                private volatile Optional<Exception> failure = Optional.empty();

                @Override
                public byte[] buffer(int capacity) {
                    return new byte[capacity];
                }

                @Override
                public void send(byte[] data, int length, Action action) {
                    thread.execute(() -> {
                        try {
                            if (failure.isEmpty()) {
                                action.run(data, length);
                            }
                        } catch (Exception e) {
                            failure = Optional.of(e);
                        }
                    });
                }

                @Override
                public <T> CompletableFuture<T> finish(Callable<T> last) {
                    return CompletableFuture.supplyAsync(
                            () -> {
                                if (failure.isPresent()) {
                                    throw new IllegalStateException(failure.get());
                                }
                                try {
                                    return last.call();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            thread);
                }

                @Override
                public void cancel(Runnable cleanUp) {
                    thread.execute(cleanUp);
                }
            };
        }

        void close() {
            threads.forEach(ExecutorService::close);
        }
    }

    private static List<Fragment> write(Run run, Shipping shipping, String[] rows, int files) {
        try (LaneWriter writer = run.destination.open(
                new WriteRequest(Run.ORDERS, LaneId.FIRST, run.id, run.claim, 0, GenerationId.FIRST, shipping))) {
            List<CompletableFuture<List<Fragment>>> cuts = new ArrayList<>();
            for (int file = 0; file < files; file++) {
                writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, rows));
                cuts.add(writer.flush().fragments());
            }
            return cuts.stream().flatMap(cut -> cut.join().stream()).toList();
        }
    }

    @Test
    void on_a_disk_no_more_than_a_megabyte_waits_for_the_rest_of_its_part() {
        ObjectStore disk = Stores.local().open(folder.toString(), Map.of());
        Sending sending = new Sending(4, 8, 2 * PART, PART);

        assertThat(sending.into(disk, 128L << 20).partBytes()).isEqualTo(1 << 20);
        assertThat(sending.into(store, 128L << 20).partBytes()).isEqualTo(2 * PART);
    }

    @Test
    void a_file_of_more_megabytes_than_there_may_be_parts_is_sent_in_the_parts_that_were_asked_for() {
        ObjectStore disk = Stores.local().open(folder.toString(), Map.of());

        assertThat(new Sending(4, 8, 2 * PART, PART).into(disk, 10L << 30).partBytes())
                .isEqualTo(2 * PART);
    }

    @Test
    void a_small_file_is_sent_in_one_put() {
        run(new Sending(4, 8, PART, PART)).append("a", "b");

        assertThat(store.count("put part-")).isEqualTo(1);
        assertThat(store.count("upload ")).isZero();
    }

    @Test
    void a_file_of_the_least_size_for_parts_is_sent_in_parts_though_it_is_smaller_than_one() {
        run(new Sending(4, 8, 2 * PART, 1 << 10)).append(rows(1));

        assertThat(store.count("put part-")).isZero();
        assertThat(store.count("upload ")).isEqualTo(1);
    }

    @Test
    void parts_of_one_file_are_sent_side_by_side_and_no_more_than_told() {
        Run run = run(new Sending(4, 2, PART, PART));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        store.parts = new HookedStore.Parts(
                () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    two.countDown();
                    await(two);
                },
                now::decrementAndGet);
        Threads threads = new Threads();
        String[] rows = rows(18);

        List<Fragment> fragments = write(run, threads, rows, 1);
        threads.close();

        assertThat(most).hasValue(2);
        run.expectCommitted(run.data(GenerationId.FIRST, fragments));
        assertThat(TableReader.values(store, "v")).containsExactlyInAnyOrder(rows);
    }

    @Test
    void files_are_sent_side_by_side_and_no_more_than_told() {
        Run run = run(new Sending(2, 1, PART, PART));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        store.parts = new HookedStore.Parts(
                () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    two.countDown();
                    await(two);
                },
                now::decrementAndGet);
        Threads threads = new Threads();

        List<Fragment> fragments = write(run, threads, rows(8), 5);
        threads.close();

        assertThat(fragments).hasSize(5);
        assertThat(most).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_part_that_fails_fails_its_file_and_leaves_nothing() {
        Run run = run(new Sending(4, 2, PART, PART));
        AtomicInteger parts = new AtomicInteger();
        store.parts = new HookedStore.Parts(
                () -> {
                    if (parts.incrementAndGet() == 2) {
                        throw HookedStore.unavailable();
                    }
                },
                () -> 0);
        Threads threads = new Threads();
        String[] rows = rows(12);

        assertThatThrownBy(() -> write(run, threads, rows, 1)).hasStackTraceContaining("on demand");
        threads.close();

        assertThat(ProtocolChecker.paths(store, "part-")).isEmpty();
        assertThat(TableReader.rows(store)).isEmpty();
    }

    @Test
    void sizes_that_can_not_be_sent_are_refused_by_name() {
        assertThatThrownBy(() -> configured(Map.of("path", "x", "part_size_mb", 4)))
                .hasMessageContaining("'part_size_mb' must be between 5 and 1024");
        assertThatThrownBy(() -> configured(Map.of("path", "x", "min_multipart_size_mb", 9)))
                .hasMessageContaining("'min_multipart_size_mb' can't be more than 'part_size_mb', 8");
        assertThatThrownBy(() -> configured(Map.of("path", "x", "file_size_mb", 100_000)))
                .hasMessageContaining("more parts than the 10,000");
    }

    private static void configured(Map<String, ?> keys) {
        Configured.destination(new DeltaFactory(), keys).close();
    }
}
