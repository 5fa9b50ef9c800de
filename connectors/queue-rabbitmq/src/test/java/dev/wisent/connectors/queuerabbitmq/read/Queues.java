package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Queues of the shared broker, made and filled as others do it. What is sent is in its queue when the method returns.
public final class Queues implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final long CONFIRMED_MILLIS = 30_000;

    private final Connection connection;
    private final Channel channel;

    public Queues() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(SharedBroker.broker().port());
        try {
            connection = factory.newConnection("publisher");
            channel = connection.createChannel();
            channel.confirmSelect();
        } catch (IOException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    public String make(String name) {
        return make(name, "classic");
    }

    /// @param type `classic`, `quorum` or `stream`
    public String make(String name, String type) {
        String unique = name + "-" + NAMES.incrementAndGet();
        try {
            channel.queueDeclare(unique, true, false, false, Map.of("x-queue-type", type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return unique;
    }

    /// Messages `{"id":N}`, with N as their id, from `first` on.
    public void fill(String queue, int first, int count) {
        for (int i = first; i < first + count; i++) {
            publish(queue, identified(i), "{\"id\":" + i + "}");
        }
        confirmed();
    }

    static AMQP.BasicProperties identified(int id) {
        return new AMQP.BasicProperties.Builder().messageId("m" + id).build();
    }

    void send(String queue, AMQP.BasicProperties properties, String body) {
        publish(queue, properties, body);
        confirmed();
    }

    void send(String queue, String body) {
        send(queue, new AMQP.BasicProperties.Builder().build(), body);
    }

    private void publish(String queue, AMQP.BasicProperties properties, String body) {
        publish("", queue, properties, body.getBytes(StandardCharsets.UTF_8));
    }

    void publish(String exchange, String key, AMQP.BasicProperties properties, byte[] body) {
        try {
            channel.basicPublish(exchange, key, properties, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void confirmed() {
        try {
            channel.waitForConfirmsOrDie(CONFIRMED_MILLIS);
        } catch (IOException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many messages nobody has.
    public long left(String queue) {
        try {
            return channel.messageCount(queue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connection.abort();
    }
}
