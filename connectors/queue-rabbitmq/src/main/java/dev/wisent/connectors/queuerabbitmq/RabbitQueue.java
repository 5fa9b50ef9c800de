package dev.wisent.connectors.queuerabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A quorum queue for each lane. One connection for all lanes, made again when it breaks; a channel for each lane that is
/// written.
final class RabbitQueue implements MessageQueue {
    private static final long CONFIRM_MILLIS = 30_000;
    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    private final String prefix;
    private final Login login;
    private final int mostBytes;
    private final Consumer<String> warn;
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private Optional<Connection> connection = Optional.empty();

    RabbitQueue(RabbitOptions options, QueueRequest request) {
        this.prefix = options.queueName() + "." + request.job() + ".";
        this.login = options.login();
        this.mostBytes = options.mostBytes();
        this.warn = request.warn();
        for (int lane = 0; lane < request.lanes(); lane++) {
            lane(lane).declare();
        }
    }

    @Override
    public int mostBytes() {
        return mostBytes;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void publish(int lane, byte[] message) {
        lane(lane).publish(message);
    }

    @Override
    public LaneReader read(int lane) {
        return new RabbitReader(this, name(lane), warn);
    }

    private Lane lane(int lane) {
        return lanes.computeIfAbsent(lane, number -> new Lane(name(number)));
    }

    private String name(int lane) {
        return prefix + lane;
    }

    /// A channel of its own; made on a new connection if the last one is gone.
    synchronized Channel channel() {
        try {
            Connection open = connection.filter(Connection::isOpen).orElseGet(login::connect);
            connection = Optional.of(open);
            return open.openChannel()
                    .orElseThrow(
                            () -> WisentException.of(ErrorCode.QUEUE_REFUSED, "the broker allows no further channel")
                                    .where(login.location()));
        } catch (IOException | ShutdownSignalException e) {
            throw failure(e);
        }
    }

    /// A refusal of the broker's (a queue with other settings, no rights) won't pass; a broken connection may, and a channel
    /// that was given up here.
    WisentException failure(Exception e) {
        return Refusal.of(e)
                .map(refusal -> refusal.told(login, e))
                .orElseGet(() -> login.failure(e, "the connection broke"));
    }

    /// Writes one lane; a message at a time, each confirmed.
    private final class Lane {
        private final String name;
        private Optional<Channel> channel = Optional.empty();
        /// Whether the broker had no queue for a message of the channel: it says so before it confirms it.
        private volatile boolean returned;

        Lane(String name) {
            this.name = name;
        }

        synchronized void declare() {
            open();
        }

        private Channel open() {
            if (channel.filter(Channel::isOpen).isEmpty()) {
                Channel made = channel();
                try {
                    made.queueDeclare(name, true, false, false, QUORUM);
                    made.confirmSelect();
                    returned = false;
                    made.addReturnListener(message -> returned = true);
                } catch (IOException | ShutdownSignalException e) {
                    abort(made);
                    throw failure(e);
                }
                channel = Optional.of(made);
            }
            return channel.get();
        }

        private Channel channel() {
            return RabbitQueue.this.channel();
        }

        synchronized void publish(byte[] message) {
            try {
                Channel open = open();
                open.basicPublish("", name, true, MessageProperties.PERSISTENT_BASIC, message);
                if (!open.waitForConfirms(CONFIRM_MILLIS)) {
                    throw login.failure(new IOException("not confirmed"), "the broker did not take a message");
                }
                if (returned) {
                    throw Refusal.deleted(login, name);
                }
            } catch (IOException | ShutdownSignalException e) {
                drop();
                throw failure(e);
            } catch (TimeoutException e) {
                drop();
                throw login.failure(e, "the broker did not confirm a message in time");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw WisentException.of(ErrorCode.INTERRUPTED, "interrupted while publishing")
                        .causedBy(e);
            }
        }

        /// A confirmation that comes later must not be taken for the next message's.
        private void drop() {
            channel.ifPresent(RabbitQueue::abort);
            channel = Optional.empty();
        }
    }

    /// Ends a channel that may be broken.
    static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | ShutdownSignalException e) {
            // It is gone, which is what is wanted.
        }
    }

    @Override
    public synchronized void close() {
        connection.ifPresent(open -> open.abort(1_000));
        connection = Optional.empty();
    }
}
