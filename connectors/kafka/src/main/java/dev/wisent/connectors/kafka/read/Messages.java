package dev.wisent.connectors.kafka.read;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What a chunk carries: messages of one partition, in order.
record Messages(List<ConsumerRecord<ByteBuffer, ByteBuffer>> list) {
    /// What the client's own objects take beside the bytes of a message.
    private static final int OBJECTS = 100;

    /// What `message` takes of the fetch share.
    static long bytes(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        return OBJECTS + Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
    }
}
