package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.LaneReader.Delivery;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// A broker that takes back what is not acknowledged within a second, where it usually gives half an hour, and takes messages
/// of 100 kB, where it usually takes megabytes. It goes by them where a channel is made, so no other test may make one.
@Isolated
class BrokerLimitsTest {
    private static final int LIMIT = 100_000;
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @BeforeAll
    static void limit() {
        SharedBroker.broker().control("eval", """
                [application:set_env(rabbit, K, V) || {K, V} <-
                  [{consumer_timeout, 1000}, {channel_tick_interval, 500}, {max_message_size, %d}]].""".formatted(LIMIT));
    }

    @AfterAll
    static void free() {
        SharedBroker.broker().control("eval", """
                [application:set_env(rabbit, K, V) || {K, V} <-
                  [{consumer_timeout, 1800000}, {channel_tick_interval, 60000}, {max_message_size, 134217728}]].""");
    }

    private static RabbitOptions options(String name, int mostBytes) {
        return new RabbitOptions(
                name, mostBytes, Broker.login("guest", SharedBroker.broker().port()));
    }

    @Test
    void what_is_held_for_longer_than_the_broker_allows_comes_again_and_is_told_once() throws Exception {
        List<String> warnings = new ArrayList<>();
        QueueRequest request = new QueueRequest("job", 1, QueueRequest.Part.BOTH, warnings::add);
        try (MessageQueue queue = new RabbitHandle(options("slow", LIMIT)).open(request);
                LaneReader reader = queue.read(0)) {
            queue.publish(0, new byte[] {1});
            queue.publish(0, new byte[] {2});
            Delivery first = next(reader);
            for (int taken = 0; taken < 2; taken++) {
                // The last of each round is the first that the broker sends again.
                List<Byte> came =
                        new ArrayList<>(List.of(first.message()[0], next(reader).message()[0]));
                first = next(reader);
                assertThat(came).containsExactlyInAnyOrder((byte) 1, (byte) 2);
            }
            reader.acknowledge(first.tag());
            reader.acknowledge(next(reader).tag());

            assertThat(warnings).hasSize(1);
            assertThat(warnings.getFirst()).contains("slow.job.0", "consumer_timeout", "commit_interval");
        }
        try (MessageQueue queue = new RabbitHandle(options("slow", LIMIT)).open(new QueueRequest("job", 1));
                LaneReader reader = queue.read(0)) {
            assertThat(reader.poll(WAIT)).isEmpty();
        }
    }

    @Test
    void a_message_the_broker_finds_too_large_is_refused_and_the_key_is_named() {
        try (MessageQueue queue = new RabbitHandle(options("large", LIMIT + 1)).open(new QueueRequest("job", 1))) {
            queue.publish(0, new byte[LIMIT]);

            assertThatThrownBy(() -> queue.publish(0, new byte[queue.mostBytes()]))
                    .isInstanceOfSatisfying(WisentException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_REFUSED);
                        assertThat(e.isTransient()).isFalse();
                        assertThat(e.hint()).contains("max_message_bytes in engine.queue.config.queue");
                    });
        }
    }

    private static Delivery next(LaneReader reader) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> reader.poll(WAIT), Optional::isPresent)
                .orElseThrow();
    }
}
