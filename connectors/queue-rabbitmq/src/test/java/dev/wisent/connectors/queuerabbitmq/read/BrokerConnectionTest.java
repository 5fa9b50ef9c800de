package dev.wisent.connectors.queuerabbitmq.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.queuerabbitmq.Broker;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import org.junit.jupiter.api.Test;

class BrokerConnectionTest {
    private static BrokerConnection connection() {
        return new BrokerConnection(Broker.login("guest", SharedBroker.broker().port()));
    }

    /// Such an end has a code, too, which is not the broker's.
    @Test
    void a_channel_that_was_given_up_here_is_made_again() {
        try (BrokerConnection connection = connection()) {
            Channel channel = connection.channel();
            BrokerConnection.abort(channel);

            assertThat(connection.failure(channel.getCloseReason()).isTransient())
                    .isTrue();
            assertThat(connection.channel().isOpen()).isTrue();
        }
    }

    @Test
    void what_the_broker_answers_no_to_is_not_asked_again() {
        try (BrokerConnection connection = connection()) {
            assertThatThrownBy(() -> connection.check("nobody made this queue"))
                    .isInstanceOfSatisfying(
                            WisentException.class,
                            refused -> assertThat(refused.isTransient()).isFalse());
        }
    }
}
