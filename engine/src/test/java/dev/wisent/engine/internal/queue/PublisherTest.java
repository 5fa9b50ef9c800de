package dev.wisent.engine.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.LaneId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final Duration BUDGET = Duration.ofMillis(200);

    @Test
    void a_queue_that_takes_longer_to_fail_than_there_is_time_for_is_asked_once() {
        FailingQueue queue = new FailingQueue(BUDGET.plusMillis(1));
        Entry entry = new Entry(
                new Entry.Strand("job", new LaneId(0), 1, Frame.UNKNOWN, 0, 1), 1, Entry.Kind.ROWS, new byte[] {1});

        assertThatThrownBy(() -> new Publisher(queue, Pause.of(BUDGET)).patiently(entry))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNREACHABLE));
        assertThat(queue.tries).isEqualTo(1);
    }

    /// Each try takes `takes`, and what fails may pass.
    private static final class FailingQueue implements MessageQueue {
        private final Duration takes;
        private int tries;

        FailingQueue(Duration takes) {
            this.takes = takes;
        }

        @Override
        public void publish(int lane, byte[] message) {
            tries++;
            long until = System.nanoTime() + takes.toNanos();
            while (System.nanoTime() - until < 0) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            throw WisentException.transientFailure(
                    ErrorCode.QUEUE_UNREACHABLE, "no answer", new IOException("no answer"));
        }

        @Override
        public int mostBytes() {
            return 1_000;
        }

        @Override
        public boolean isDurable() {
            return false;
        }

        @Override
        public LaneReader read(int lane) {
            throw new IllegalStateException("nobody reads");
        }

        @Override
        public void close() {}
    }
}
