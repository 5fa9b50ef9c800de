package dev.wisent.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.LaneReader.Delivery;
import dev.wisent.api.queue.MessageQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [MessageQueue] does. A queue's test extends it and says how one is opened.
public abstract class QueueContract {
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(1);

    private MessageQueue queue;

    /// Opens the queue of this test with two lanes: empty at first, and with what was published when it is opened again.
    protected abstract MessageQueue open();

    @BeforeEach
    final void openQueue() {
        queue = open();
    }

    @AfterEach
    final void closeQueue() {
        queue.close();
    }

    @Test
    void messages_of_a_lane_come_out_in_order() {
        publish(0, 0, 200);
        try (LaneReader reader = queue.read(0)) {
            assertThat(texts(take(reader, 200))).containsExactlyElementsOf(numbers(0, 200));
        }
    }

    @Test
    void lanes_do_not_mix() {
        publish(0, 0, 5);
        publish(1, 5, 10);
        try (LaneReader first = queue.read(0);
                LaneReader second = queue.read(1)) {
            assertThat(texts(take(second, 5))).containsExactlyElementsOf(numbers(5, 10));
            assertThat(texts(take(first, 5))).containsExactlyElementsOf(numbers(0, 5));
            assertThat(first.poll(WAIT)).isEmpty();
        }
    }

    @Test
    void what_was_not_acknowledged_comes_again_to_the_next_reader() {
        publish(0, 0, 10);
        try (LaneReader reader = queue.read(0)) {
            List<Delivery> taken = take(reader, 10);
            taken.subList(0, 4).forEach(done -> reader.acknowledge(done.tag()));
        }
        try (LaneReader reader = queue.read(0)) {
            List<Delivery> again = take(reader, 6);
            assertThat(texts(again)).containsAll(numbers(4, 10));
            again.forEach(done -> reader.acknowledge(done.tag()));
        }
        try (LaneReader reader = queue.read(0)) {
            assertThat(reader.poll(WAIT)).isEmpty();
        }
    }

    @Test
    void messages_are_acknowledged_in_any_order() {
        publish(0, 0, 6);
        try (LaneReader reader = queue.read(0)) {
            take(reader, 6).reversed().forEach(done -> reader.acknowledge(done.tag()));
        }
        try (LaneReader reader = queue.read(0)) {
            assertThat(reader.poll(WAIT)).isEmpty();
        }
    }

    @Test
    void what_was_published_is_there_when_the_queue_is_opened_again() {
        publish(1, 0, 3);
        queue.close();
        queue = open();
        try (LaneReader reader = queue.read(1)) {
            assertThat(texts(take(reader, 3))).containsExactlyElementsOf(numbers(0, 3));
        }
    }

    @Test
    void a_message_may_be_as_long_as_the_queue_says() {
        byte[] longest = new byte[queue.mostBytes()];
        longest[longest.length - 1] = 7;
        queue.publish(0, longest);
        try (LaneReader reader = queue.read(0)) {
            assertThat(take(reader, 1).getFirst().message()).isEqualTo(longest);
        }
    }

    @Test
    void a_reader_that_waits_is_given_what_comes_later() {
        try (LaneReader reader = queue.read(0)) {
            assertThat(reader.poll(WAIT)).isEmpty();
            publish(0, 0, 1);
            assertThat(texts(take(reader, 1))).containsExactly("0");
        }
    }

    private void publish(int lane, int from, int to) {
        numbers(from, to).forEach(text -> queue.publish(lane, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<Delivery> take(LaneReader reader, int count) {
        List<Delivery> taken = new ArrayList<>();
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> {
            reader.poll(WAIT).ifPresent(taken::add);
            return taken.size() == count;
        });
        return taken;
    }

    private static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> new String(delivery.message(), StandardCharsets.UTF_8))
                .toList();
    }
}
