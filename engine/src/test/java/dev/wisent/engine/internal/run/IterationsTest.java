package dev.wisent.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IterationsTest {
    @Test
    void never_more_than_the_limit_are_reserved_however_many_ask() throws InterruptedException {
        Iterations iterations = new Iterations(1_000);
        AtomicInteger granted = new AtomicInteger();
        List<Thread> fetchers = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    for (int k = 0; k < 1_000; k++) {
                        if (iterations.reserve()) {
                            granted.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread fetcher : fetchers) {
            fetcher.join();
        }

        assertThat(granted).hasValue(1_000);
    }

    @Test
    void the_limit_is_reached_when_the_last_chunk_is_delivered_not_when_it_is_asked_for() {
        Iterations iterations = new Iterations(1);

        assertThat(iterations.reserve()).isTrue();
        assertThat(iterations.reserve()).isFalse();
        assertThat(iterations.areUsedUp()).isFalse();
        iterations.delivered();
        assertThat(iterations.areUsedUp()).isTrue();
    }

    @Test
    void what_was_given_up_may_be_reserved_again() {
        Iterations iterations = new Iterations(1);
        assertThat(iterations.reserve()).isTrue();

        iterations.release();

        assertThat(iterations.reserve()).isTrue();
    }
}
