package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Why lanes are fetched message by message, and not pushed to a single active consumer: a commit may hold any number of
/// messages, all of which stay unacknowledged until it is in, and a consumer is given no more than it asked for when it began.
/// A broker that fails one of these tests is a reason to think again (ARCHITECTURE.md, "Readers of a RabbitMQ lane").
class SingleActiveConsumerTest {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final Map<String, Object> SINGLE =
            Map.of("x-queue-type", "quorum", "x-single-active-consumer", true);
    private static final Duration SILENCE = Duration.ofMillis(500);

    private final String queue = "single" + TESTS.incrementAndGet();
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void connect() throws IOException {
        connection = Broker.login("guest", SharedBroker.broker().port()).connect();
        channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, SINGLE);
        channel.confirmSelect();
    }

    @AfterEach
    void disconnect() {
        connection.abort();
    }

    @Test
    void a_consumer_gets_its_prefetch_and_then_nothing_before_it_acknowledges_whatever_it_asks_for_later()
            throws Exception {
        publish(20);
        Consumer active = new Consumer(channel);
        channel.basicQos(5);
        channel.basicConsume(queue, false, active);
        active.await(5);

        channel.basicQos(20);

        active.staysAt(5);
        channel.basicAck(active.tags.getFirst(), false);
        active.await(6);
    }

    @Test
    void one_without_a_prefetch_gets_two_thousand() throws Exception {
        publish(2_100);
        Consumer active = new Consumer(channel);
        channel.basicConsume(queue, false, active);

        active.await(2_000);

        active.staysAt(2_000);
    }

    @Test
    void a_prefetch_of_the_whole_channel_which_could_be_changed_is_refused() throws IOException {
        channel.basicQos(5, true);
        assertThatThrownBy(() -> channel.basicConsume(queue, false, new Consumer(channel)))
                .hasStackTraceContaining("540");
    }

    @Test
    void one_that_consumes_anew_to_get_more_has_lost_the_queue_to_who_stands_by() throws Exception {
        publish(5);
        Consumer active = new Consumer(channel);
        channel.basicQos(5);
        String tag = channel.basicConsume(queue, false, active);
        active.await(5);
        Channel other = connection.createChannel();
        Consumer standingBy = new Consumer(other);
        other.basicConsume(queue, false, standingBy);

        channel.basicCancel(tag);
        channel.basicQos(20);
        Consumer again = new Consumer(channel);
        channel.basicConsume(queue, false, again);
        publish(5);

        standingBy.await(5);
        again.staysAt(0);
    }

    @Test
    void nothing_can_be_fetched_beside_it() {
        assertThatThrownBy(() -> channel.basicGet(queue, false)).hasStackTraceContaining("405");
    }

    private void publish(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[] {1});
        }
        channel.waitForConfirmsOrDie(30_000);
    }

    private static final class Consumer extends DefaultConsumer {
        private final List<Long> tags = new CopyOnWriteArrayList<>();

        Consumer(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            tags.add(envelope.getDeliveryTag());
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException cause) {
            // The test's end.
        }

        void await(int count) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> tags.size() >= count);
        }

        void staysAt(int count) {
            Awaitility.await()
                    .during(SILENCE)
                    .atMost(SILENCE.multipliedBy(10))
                    .untilAsserted(() -> assertThat(tags).hasSize(count));
        }
    }
}
