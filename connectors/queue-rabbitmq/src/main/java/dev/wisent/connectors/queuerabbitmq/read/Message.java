package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import dev.wisent.columnar.JsonText;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a message, whether it came now or was kept as a reject.
///
/// @param redelivered the broker's word: it may have come before
/// @param timestamp in milliseconds since 1970; AMQP knows seconds
record Message(
        String queue,
        String exchange,
        String routingKey,
        Redelivered redelivered,
        Optional<String> id,
        Optional<String> correlationId,
        Optional<String> type,
        Optional<String> contentType,
        OptionalLong timestamp,
        Headers headers,
        byte[] body) {
    enum Redelivered {
        YES,
        NO
    }

    /// As JSON, when they are wanted.
    sealed interface Headers {
        record Table(Map<String, Object> table) implements Headers {}

        record Json(byte[] text) implements Headers {}

        default void write(JsonText text) {
            switch (this) {
                case Table(Map<String, Object> table) -> AmqpJson.table(table, text);
                case Json(byte[] json) -> text.raw(ByteBuffer.wrap(json));
            }
        }
    }

    static Message of(String queue, Arrival arrival) {
        Envelope envelope = arrival.envelope();
        AMQP.BasicProperties properties = arrival.properties();
        return new Message(
                queue,
                envelope.getExchange(),
                envelope.getRoutingKey(),
                envelope.isRedeliver() ? Redelivered.YES : Redelivered.NO,
                Optional.ofNullable(properties.getMessageId()),
                Optional.ofNullable(properties.getCorrelationId()),
                Optional.ofNullable(properties.getType()),
                Optional.ofNullable(properties.getContentType()),
                Optional.ofNullable(properties.getTimestamp())
                        .map(time -> OptionalLong.of(time.getTime()))
                        .orElseGet(OptionalLong::empty),
                new Headers.Table(Optional.ofNullable(properties.getHeaders()).orElse(Map.of())),
                arrival.body());
    }

    /// Up to the content, which follows, and the closing brace.
    void begin(JsonText text) {
        text.ascii("{\"queue\":").string(queue);
        text.ascii(",\"exchange\":").string(exchange);
        text.ascii(",\"routing_key\":").string(routingKey);
        text.ascii(",\"redelivered\":").ascii(redelivered == Redelivered.YES ? "true" : "false");
        field("message_id", id, text);
        field("correlation_id", correlationId, text);
        field("type", type, text);
        field("content_type", contentType, text);
        text.ascii(",\"timestamp\":");
        if (timestamp.isPresent()) {
            text.number(timestamp.getAsLong());
        } else {
            text.ascii("null");
        }
        text.ascii(",\"headers\":");
        headers.write(text);
    }

    private static void field(String name, Optional<String> value, JsonText text) {
        text.ascii(",\"").ascii(name).ascii("\":");
        if (value.isPresent()) {
            text.string(value.get());
        } else {
            text.ascii("null");
        }
    }
}
