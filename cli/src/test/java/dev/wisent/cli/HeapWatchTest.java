package dev.wisent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the collector does here is real; what it leaves, and what is asked of it, is counted.
class HeapWatchTest {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger collections = new AtomicInteger();
    private Thread thread = new Thread();

    private void watch(long used) {
        HeapWatch watch = new HeapWatch(
                () -> {
                    looks.incrementAndGet();
                    return used;
                },
                collections::incrementAndGet);
        thread = Thread.ofPlatform().daemon().start(watch::watch);
    }

    @AfterEach
    void end() {
        thread.interrupt();
    }

    @Test
    void a_heap_that_grew_beyond_its_bound_is_collected_as_a_whole() {
        watch(HeapBound.FIRST + 1);

        await().until(() -> {
            System.gc();
            return collections.get() == 1;
        });
    }

    @Test
    void a_heap_within_its_bound_is_looked_at_after_each_collection_and_left_alone() {
        watch(HeapBound.FIRST);

        await().until(() -> {
            System.gc();
            return looks.get() >= 2;
        });
        assertThat(collections).hasValue(0);
    }
}
