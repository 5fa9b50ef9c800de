package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.queuerabbitmq.Login;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// One connection, made when it is needed and again when it broke. One thread.
final class BrokerConnection implements AutoCloseable {
    /// A broker that does not answer must not hold up the end of a run for longer.
    private static final int CLOSE_MILLIS = 2_000;

    private static final Set<Integer> PASSING = Set.of(
            AMQP.PRECONDITION_FAILED,
            AMQP.CONNECTION_FORCED,
            AMQP.INTERNAL_ERROR,
            AMQP.FRAME_ERROR,
            AMQP.CHANNEL_ERROR,
            AMQP.RESOURCE_ERROR);

    private final Login login;
    private Optional<Connection> connection = Optional.empty();

    BrokerConnection(Login login) {
        this.login = login;
    }

    /// A channel of its own.
    Channel channel() {
        try {
            Connection open = connection.filter(Connection::isOpen).orElseGet(login::connect);
            connection = Optional.of(open);
            return open.openChannel()
                    .orElseThrow(
                            () -> WisentException.of(login.side().refused(), "the broker allows no further channel")
                                    .where(login.location()));
        } catch (IOException | ShutdownSignalException e) {
            throw failure(e);
        }
    }

    /// Proves that `queue` is there.
    void check(String queue) {
        Channel channel = channel();
        try {
            channel.queueDeclarePassive(queue);
        } catch (IOException | ShutdownSignalException e) {
            throw failure(e);
        } finally {
            abort(channel);
        }
    }

    /// What the broker answers no to (no such queue, no rights) won't pass. A broken connection may, a broker that ends or
    /// fails, a channel that was closed because a message was not acknowledged for too long, and one that was given up here.
    WisentException failure(Exception e) {
        boolean refused = Login.ended(e)
                .flatMap(BrokerConnection::code)
                .filter(code -> !PASSING.contains(code))
                .isPresent();
        return refused ? login.refusal(e) : login.failure(e, "the connection broke");
    }

    private static Optional<Integer> code(ShutdownSignalException signal) {
        return switch (signal.getReason()) {
            case AMQP.Channel.Close close -> Optional.of(close.getReplyCode());
            case AMQP.Connection.Close close -> Optional.of(close.getReplyCode());
            case null, default -> Optional.empty();
        };
    }

    /// Ends a channel that may be broken: what came by it and was not acknowledged comes again.
    static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | ShutdownSignalException e) {
            // It is gone, which is what is wanted.
        }
    }

    @Override
    public void close() {
        connection.ifPresent(open -> open.abort(CLOSE_MILLIS));
        connection = Optional.empty();
    }
}
