package dev.wisent.connectors.kafka.read;

import dev.wisent.connectors.kafka.ClientKeys;
import dev.wisent.connectors.kafka.Clients;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/// Makes consumers. Keys and values stay where the client received them: nothing is copied before it is decoded.
final class Consumers {
    /// What one answer of a broker holds at most, unless one message is larger; the client keeps about one answer a broker.
    private static final int FETCH_BYTES = 4 << 20;
    /// Of that, of one partition.
    private static final int PARTITION_BYTES = 1 << 20;
    /// As many as are there: what is handed on is bounded by bytes.
    private static final int MOST_MESSAGES = 50_000;

    private Consumers() {}

    /// @param part whose consumer it is, for the brokers' logs
    static KafkaConsumer<ByteBuffer, ByteBuffer> open(ReadOptions options, String part) {
        Map<String, Object> all = options.client().properties("wisent-" + options.pipeline() + "-" + part);
        all.put("fetch.max.bytes", Integer.toString(FETCH_BYTES));
        all.put("max.partition.fetch.bytes", Integer.toString(PARTITION_BYTES));
        all.put("max.poll.records", Integer.toString(MOST_MESSAGES));
        // How far is read says the destination; whatever is not there any more is told, not skipped.
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "none");
        all.put("isolation.level", options.isolation().name().toLowerCase(Locale.ROOT));
        all.put("allow.auto.create.topics", "false");
        options.consumer().forEach((name, value) -> all.put(ClientKeys.javaName(name), value));
        options.group().ifPresent(group -> all.put("group.id", group));
        return Clients.made(() -> new KafkaConsumer<>(all, new ByteBufferDeserializer(), new ByteBufferDeserializer()));
    }
}
