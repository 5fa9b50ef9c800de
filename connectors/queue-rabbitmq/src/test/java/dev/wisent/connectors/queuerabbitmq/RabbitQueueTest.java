package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.testkit.QueueContract;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RabbitQueueTest extends QueueContract {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final String name = "test" + TESTS.incrementAndGet();

    @Override
    protected MessageQueue open() {
        return new RabbitHandle(SharedBroker.broker().options(name)).open(new QueueRequest("job", 2));
    }

    @Test
    void a_wrong_password_is_told_as_such_and_never_shown() {
        RabbitHandle wrong = new RabbitHandle(new RabbitOptions(
                name, Broker.login("s3cret", SharedBroker.broker().port())));

        assertThatThrownBy(wrong::check).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNREACHABLE);
            assertThat(e.isTransient()).isFalse();
            assertThat(e.hint()).contains("username, password and vhost in engine.queue.config.queue");
            assertThat(e.toString()).doesNotContain("s3cret");
        });
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
        RabbitHandle nobody = new RabbitHandle(new RabbitOptions(name, Broker.login("guest", 1)));

        assertThatThrownBy(nobody::check)
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.isTransient()).isTrue());
    }
}
