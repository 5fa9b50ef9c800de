package dev.wisent.engine.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OpeningQueueTest {
    private static final QueueRequest REQUEST = new QueueRequest("job", 1);

    @Test
    void what_is_published_meanwhile_waits_until_it_is_open() throws InterruptedException {
        CountDownLatch mayOpen = new CountDownLatch(1);
        Opened opened = new Opened();
        try (OpeningQueue queue = OpeningQueue.of(
                new Handle(() -> {
                    await(mayOpen);
                    return opened;
                }),
                REQUEST)) {
            Thread publishing = Thread.ofPlatform().start(() -> queue.publish(0, new byte[] {1}));
            publishing.join(50);
            assertThat(publishing.isAlive()).isTrue();
            assertThat(opened.published).isZero();

            mayOpen.countDown();
            publishing.join();
            assertThat(opened.published).isEqualTo(1);
            assertThat(queue.mostBytes()).isEqualTo(1_000);
            assertThat(queue.isDurable()).isTrue();
        }
        assertThat(opened.closed).isTrue();
    }

    @Test
    void one_that_is_closed_before_it_is_open_is_closed_then() {
        Opened opened = new Opened();
        CountDownLatch mayOpen = new CountDownLatch(1);
        OpeningQueue queue = OpeningQueue.of(
                new Handle(() -> {
                    await(mayOpen);
                    return opened;
                }),
                REQUEST);
        Thread.ofPlatform().start(mayOpen::countDown);
        queue.close();

        assertThat(opened.closed).isTrue();
    }

    @Test
    void a_close_that_is_interrupted_closes_all_the_same() {
        Opened opened = new Opened();
        OpeningQueue queue = OpeningQueue.of(new Handle(() -> opened), REQUEST);
        Thread.currentThread().interrupt();
        queue.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(opened.closed).isTrue();
    }

    /// Else each message would be tried again for as long as anything is.
    @Test
    void where_opening_failed_each_call_fails_for_good_and_as_it_did() {
        OpeningQueue queue = OpeningQueue.of(
                new Handle(() -> {
                    throw WisentException.transientFailure(
                                    ErrorCode.QUEUE_UNREACHABLE, "no broker", new IOException("refused"))
                            .where("kafka, localhost:1")
                            .hint("start one");
                }),
                REQUEST);
        List<Consumer<MessageQueue>> calls = List.of(
                MessageQueue::mostBytes,
                MessageQueue::isDurable,
                open -> open.read(0),
                open -> open.publish(0, new byte[0]));
        for (Consumer<MessageQueue> call : calls) {
            assertThatThrownBy(() -> call.accept(queue)).isInstanceOfSatisfying(WisentException.class, e -> {
                assertThat(e.isTransient()).isFalse();
                assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNREACHABLE);
                assertThat(e.what()).isEqualTo("no broker");
                assertThat(e.where()).isEqualTo("kafka, localhost:1");
                assertThat(e.hint()).isEqualTo("start one");
                assertThat(e).hasRootCauseMessage("refused");
            });
        }
        assertThatCode(queue::close).doesNotThrowAnyException();
    }

    @Test
    void a_defect_is_told_as_it_is() {
        OpeningQueue broken = OpeningQueue.of(
                new Handle(() -> {
                    throw new IllegalStateException("a plug-in's");
                }),
                REQUEST);
        assertThatThrownBy(broken::mostBytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a plug-in's");
        OpeningQueue worse = OpeningQueue.of(
                new Handle(() -> {
                    throw new NoClassDefFoundError("of/Another");
                }),
                REQUEST);
        assertThatThrownBy(worse::mostBytes).isInstanceOf(NoClassDefFoundError.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Handle(Supplier<MessageQueue> opening) implements QueueHandle {
        @Override
        public String location() {
            return "here";
        }

        @Override
        public MessageQueue open(QueueRequest request) {
            assertThat(request).isEqualTo(REQUEST);
            return opening.get();
        }

        @Override
        public void check() {}
    }

    private static final class Opened implements MessageQueue {
        private volatile int published;
        private volatile boolean closed;

        @Override
        public int mostBytes() {
            return 1_000;
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public void publish(int lane, byte[] message) {
            published++;
        }

        @Override
        public LaneReader read(int lane) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
