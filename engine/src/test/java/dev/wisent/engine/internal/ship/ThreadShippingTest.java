package dev.wisent.engine.internal.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.task.Share;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadShippingTest {
    private static final int BUFFER = 3 << 19;
    private final Share share = new Share("ship", 4L * BUFFER, new AtomicBoolean());
    private final ThreadShipping shipping = new ThreadShipping(share, 2, 2);

    @Test
    void runs_the_actions_of_a_part_in_order_and_gives_every_buffer_back() {
        Shipment part = shipping.start("part");
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 1000; i++) {
            int number = i;
            part.send(part.buffer(10), 1, (data, length) -> seen.add(number));
        }
        assertThat(part.finish(seen::size).join()).isEqualTo(1000);
        assertThat(seen).isSorted();
        assertThat(share.used()).isZero();
        assertThat(share.highWater()).isLessThanOrEqualTo(4L * BUFFER);
    }

    @Test
    void a_core_is_idle_while_fewer_parts_are_written_than_workers_may_compute() {
        Shipment first = shipping.start("first");
        assertThat(shipping.idleCore()).isPresent();
        Shipment second = shipping.start("second");
        assertThat(shipping.idleCore()).isEmpty();
        second.cancel(() -> {});
        assertThat(shipping.idleCore()).isPresent();
        Shipment third = shipping.start("third");
        first.finish(() -> "one").join();
        first.finish(() -> "the same again").join();
        Shipment fourth = shipping.start("fourth");
        assertThat(shipping.idleCore()).isEmpty();
        third.finish(() -> "").join();
        fourth.finish(() -> "").join();
        assertThat(shipping.idleCore()).isPresent();
    }

    @Test
    void several_shipments_of_one_part_are_one_part() {
        Shipment first = shipping.start("part");
        Shipment second = shipping.start("part");
        assertThat(shipping.idleCore()).isPresent();
        first.finish(() -> "").join();
        Shipment other = shipping.start("other");
        assertThat(shipping.idleCore()).isEmpty();
        second.finish(() -> "").join();
        assertThat(shipping.idleCore()).isPresent();
        other.finish(() -> "").join();
    }

    @Test
    void after_a_failed_action_nothing_more_of_the_part_is_written_and_finish_tells_the_failure() {
        Shipment part = shipping.start("part");
        AtomicBoolean later = new AtomicBoolean();
        part.send(part.buffer(1), 1, (data, length) -> {
            throw new IOException("no space left");
        });
        part.send(part.buffer(1), 1, (data, length) -> later.set(true));
        CompletableFuture<String> end = part.finish(() -> "done");
        assertThatThrownBy(end::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("no space left");
        assertThat(later).isFalse();
        assertThat(share.used()).isZero();
    }

    @Test
    void a_worker_waits_for_room_until_something_was_shipped() throws Exception {
        Shipment part = shipping.start("part");
        CountDownLatch disk = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            part.send(part.buffer(BUFFER), 1, (data, length) -> disk.await());
        }
        CompletableFuture<byte[]> fifth = CompletableFuture.supplyAsync(() -> part.buffer(BUFFER));
        assertThat(share.used()).isEqualTo(4L * BUFFER);
        assertThat(fifth).isNotDone();
        disk.countDown();
        assertThat(fifth.get(10, TimeUnit.SECONDS)).hasSizeGreaterThanOrEqualTo(BUFFER);
    }

    @Test
    void an_error_that_is_no_exception_fails_the_part_as_well_instead_of_leaving_it_waiting() {
        Shipment part = shipping.start("part");
        part.send(part.buffer(1), 1, (data, length) -> {
            throw new OutOfMemoryError("no buffer");
        });
        CompletableFuture<String> end = part.finish(() -> "done");
        assertThatThrownBy(() -> end.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("no buffer");
    }

    @Test
    void a_buffer_the_heap_has_no_room_for_takes_nothing_of_the_share() {
        Shipment part = shipping.start("part");
        assertThatThrownBy(() -> part.buffer(Integer.MAX_VALUE)).isInstanceOf(OutOfMemoryError.class);
        assertThat(share.used()).isZero();
        assertThat(share.hasJumbo()).isFalse();
        part.send(part.buffer(5 * BUFFER), 1, (data, length) -> {});
        assertThat(part.finish(() -> "done").join()).isEqualTo("done");
    }

    @Test
    void what_no_thread_could_be_had_for_fails_the_part_and_is_given_back() {
        List<Runnable> given = new ArrayList<>();
        AtomicBoolean full = new AtomicBoolean(true);
        Shipment part = shipment(work -> {
            if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            given.add(work);
        });
        byte[] data = part.buffer(1);
        assertThatThrownBy(() -> part.send(data, 1, (bytes, length) -> {})).isInstanceOf(OutOfMemoryError.class);
        assertThat(share.used()).isZero();
        full.set(false);
        CompletableFuture<String> end = part.finish(() -> "done");
        given.forEach(Runnable::run);
        assertThat(end).isCompletedExceptionally();
    }

    @Test
    void a_thread_that_finds_no_other_to_go_on_goes_on_itself() {
        List<Runnable> given = new ArrayList<>();
        Shipment part = shipment(work -> {
            if (!given.isEmpty()) {
                throw new OutOfMemoryError("no room for one more");
            }
            given.add(work);
        });
        List<Integer> seen = new ArrayList<>();
        part.send(part.buffer(1), 1, (data, length) -> seen.add(1));
        part.send(part.buffer(1), 1, (data, length) -> seen.add(2));
        CompletableFuture<String> end = part.finish(() -> "done");
        given.getFirst().run();
        assertThat(seen).containsExactly(1, 2);
        assertThat(end).isCompletedWithValue("done");
        assertThat(share.used()).isZero();
    }

    private Shipment shipment(Executor threads) {
        return new ThreadShipment("part", new ShipShare(share), threads, () -> {});
    }
}
