package dev.wisent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.LaneReader.Delivery;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.engine.LocalQueue;
import dev.wisent.testkit.QueueContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue `memory` between processes, with both ends in this one: what is published is served, what is read comes by the
/// socket.
class LocalQueueTest extends QueueContract {
    private static final QueueRequest REQUEST = new QueueRequest("orders/orders", 2);
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int LENGTH = 100_000;

    @TempDir
    Path folder;

    private MessageQueue served;

    @BeforeEach
    void serve() {
        served = serve("queue", OptionalLong.empty());
    }

    @AfterEach
    void end() {
        served.close();
    }

    private MessageQueue serve(String name, OptionalLong budget) {
        return LocalQueue.serving(folder.resolve(name), budget).open(REQUEST);
    }

    private MessageQueue join(String name) {
        return LocalQueue.joining(folder.resolve(name)).open(REQUEST);
    }

    /// The process that extracts goes on when those that load come and go.
    @Override
    protected MessageQueue open() {
        if (served == null) {
            serve();
        }
        MessageQueue joined = join("queue");
        return new MessageQueue() {
            @Override
            public int mostBytes() {
                return served.mostBytes();
            }

            @Override
            public boolean isDurable() {
                return joined.isDurable();
            }

            @Override
            public void publish(int lane, byte[] message) {
                served.publish(lane, message);
            }

            @Override
            public LaneReader read(int lane) {
                return joined.read(lane);
            }

            @Override
            public void close() {
                joined.close();
            }
        };
    }

    @Test
    void what_does_not_fit_into_memory_until_it_is_committed_comes_again_as_well() {
        int count = 40;
        try (MessageQueue small = serve("small", OptionalLong.of(8 * LENGTH));
                MessageQueue joined = join("small")) {
            try (LaneReader reader = joined.read(1)) {
                for (int i = 0; i < count; i++) {
                    small.publish(1, message(i));
                    assertThat(next(reader).message()).isEqualTo(message(i));
                }
            }
            try (LaneReader reader = joined.read(1)) {
                for (int i = 0; i < count; i++) {
                    Delivery again = next(reader);
                    assertThat(again.message()).isEqualTo(message(i));
                    reader.acknowledge(again.tag());
                }
                assertThat(reader.poll(WAIT)).isEmpty();
            }
        }
    }

    @Test
    void who_publishes_waits_for_room_and_is_told_when_nobody_takes_anything() throws InterruptedException {
        try (MessageQueue small = serve("full", OptionalLong.of(8 * LENGTH));
                MessageQueue joined = join("full")) {
            small.publish(0, message(0));
            assertThatThrownBy(() -> small.publish(0, message(1)))
                    .isInstanceOfSatisfying(
                            WisentException.class,
                            e -> assertThat(e.isTransient()).isTrue());

            List<Integer> published = new ArrayList<>();
            try (LaneReader reader = joined.read(0)) {
                assertThat(next(reader).message()).isEqualTo(message(0));
                small.publish(0, message(1));
                Thread waits = Thread.ofPlatform().start(() -> {
                    small.publish(0, message(2));
                    published.add(2);
                });
                Awaitility.await().atMost(LONG).until(() -> waits.getState() == Thread.State.TIMED_WAITING);
                assertThat(published).isEmpty();
                assertThat(next(reader).message()).isEqualTo(message(1));
                assertThat(next(reader).message()).isEqualTo(message(2));
                waits.join();
            }
        }
    }

    @Test
    void a_second_reader_of_a_lane_waits_until_the_first_is_gone() {
        try (MessageQueue joined = join("queue");
                LaneReader second = joined.read(0)) {
            LaneReader first = joined.read(0);
            served.publish(0, message(1));
            served.publish(0, message(2));
            next(first);
            assertThat(second.poll(WAIT)).isEmpty();
            first.close();
            assertThat(next(second).message()).isEqualTo(message(1));
            assertThat(next(second).message()).isEqualTo(message(2));
        }
    }

    @Test
    void a_queue_that_is_made_anew_knows_nothing_of_what_was_acknowledged_in_the_one_before() {
        try (MessageQueue joined = join("queue");
                LaneReader reader = joined.read(0)) {
            served.publish(0, message(1));
            Delivery old = next(reader);
            served.close();
            served = serve("queue", OptionalLong.empty());
            served.publish(0, message(2));
            Awaitility.await().atMost(LONG).until(() -> broke(reader));
            assertThat(next(reader).message()).isEqualTo(message(2));
            reader.acknowledge(old.tag());
        }
        try (MessageQueue joined = join("queue");
                LaneReader reader = joined.read(0)) {
            assertThat(next(reader).message()).isEqualTo(message(2));
        }
    }

    private static boolean broke(LaneReader reader) {
        try {
            assertThat(reader.poll(WAIT)).isEmpty();
            return false;
        } catch (WisentException e) {
            return e.isTransient();
        }
    }

    private static byte[] message(int number) {
        byte[] message = new byte[LENGTH];
        message[0] = (byte) number;
        message[LENGTH - 1] = (byte) ~number;
        return message;
    }

    private static Delivery next(LaneReader reader) {
        return Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> reader.poll(WAIT), Optional::isPresent)
                .orElseThrow();
    }
}
