package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.testkit.QueueContract;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RabbitQueueTest extends QueueContract {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final int MANY = 2_100;

    private final String name = "test" + TESTS.incrementAndGet();

    @Override
    protected MessageQueue open() {
        return new RabbitHandle(SharedBroker.broker().options(name)).open(new QueueRequest("job", 2));
    }

    @Test
    void a_wrong_password_is_told_as_such_and_never_shown() {
        RabbitHandle wrong = new RabbitHandle(new RabbitOptions(
                name,
                RabbitOptions.USUAL_BYTES,
                Broker.login("s3cret", SharedBroker.broker().port())));

        assertThatThrownBy(wrong::check).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNREACHABLE);
            assertThat(e.isTransient()).isFalse();
            assertThat(e.hint()).contains("username, password and vhost in engine.queue.config.queue");
            assertThat(e.toString()).doesNotContain("s3cret");
        });
    }

    /// More than any prefetch of a consumer would let through ([SingleActiveConsumerTest]).
    @Test
    void as_many_messages_as_a_commit_may_hold_come_out_before_any_is_acknowledged() throws Exception {
        try (MessageQueue queue = open();
                LaneReader reader = queue.read(1)) {
            onChannel(channel -> {
                channel.confirmSelect();
                for (int i = 0; i < MANY; i++) {
                    channel.basicPublish("", name + ".job.1", MessageProperties.PERSISTENT_BASIC, new byte[] {1});
                }
                channel.waitForConfirmsOrDie(30_000);
            });
            AtomicInteger taken = new AtomicInteger();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> reader.poll(WAIT).isPresent() && taken.incrementAndGet() == MANY);
        }
    }

    @Test
    void a_queue_that_is_deleted_in_the_middle_is_a_gap_for_who_reads_and_for_who_publishes() throws Exception {
        try (MessageQueue queue = open();
                LaneReader reader = queue.read(0)) {
            queue.publish(0, new byte[] {1});
            assertThat(reader.poll(Duration.ofSeconds(10))).isPresent();

            onChannel(channel -> channel.queueDelete(name + ".job.0"));

            assertRefused(ErrorCode.QUEUE_GAP, "run the pipeline again", () -> queue.publish(0, new byte[] {2}));
            assertRefused(ErrorCode.QUEUE_GAP, "run the pipeline again", () -> reader.poll(WAIT));
        }
    }

    @Test
    void a_queue_of_that_name_that_was_made_otherwise_is_refused_and_what_to_do_is_said() throws Exception {
        onChannel(channel -> channel.queueDeclare(
                name + ".other.1",
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-single-active-consumer", true)));

        assertRefused(
                ErrorCode.QUEUE_REFUSED,
                "delete it: Wisent makes it as it needs it",
                () -> new RabbitHandle(SharedBroker.broker().options(name))
                        .open(new QueueRequest("other", 2))
                        .close());
    }

    private static void assertRefused(ErrorCode code, String hint, ThrowableAssert.ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.isTransient()).isFalse();
            assertThat(e.hint()).contains(hint);
        });
    }

    private interface Request {
        void send(Channel channel) throws Exception;
    }

    private static void onChannel(Request request) throws Exception {
        try (Connection connection =
                        Broker.login("guest", SharedBroker.broker().port()).connect();
                Channel channel = connection.createChannel()) {
            request.send(channel);
        }
    }

    @Test
    void a_channel_that_was_given_up_here_is_no_refusal() throws IOException {
        try (RabbitQueue queue = new RabbitQueue(SharedBroker.broker().options(name), new QueueRequest("job", 1))) {
            Channel channel = queue.channel();
            channel.abort();

            assertThat(queue.failure(channel.getCloseReason()).isTransient()).isTrue();
        }
    }

    @Test
    void a_broker_that_is_not_there_may_come_back() {
        RabbitHandle nobody =
                new RabbitHandle(new RabbitOptions(name, RabbitOptions.USUAL_BYTES, Broker.login("guest", 1)));

        assertThatThrownBy(nobody::check)
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.isTransient()).isTrue());
    }
}
