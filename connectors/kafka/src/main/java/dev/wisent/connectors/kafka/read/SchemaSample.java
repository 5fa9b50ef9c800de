package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Schema;
import dev.wisent.columnar.SchemaInference;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Infers the columns of values from some messages at the beginning of each partition.
final class SchemaSample {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final byte[] LINE_END = {'\n'};
    /// Enough to see rare fields, read in a moment.
    private static final int MESSAGES = 10_000;

    private SchemaSample() {}

    static Schema infer(ReadOptions options, TopicFinder finder) {
        SchemaInference inference = SchemaInference.ndjson();
        Map<TopicPartition, Long> ends =
                new HashMap<>(finder.ends(finder.topics().values()));
        try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer = Consumers.open(options, "sample")) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            int messages = 0;
            long bytes = 0;
            while (messages < MESSAGES && bytes < SchemaInference.SAMPLE_BYTES && isMore(consumer, ends)) {
                for (ConsumerRecord<ByteBuffer, ByteBuffer> message : consumer.poll(WAIT)) {
                    if (message.value() != null) {
                        feed(inference, message.value());
                        messages++;
                        bytes += message.serializedValueSize();
                    }
                }
            }
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
        inference.endFile();
        return inference.schema();
    }

    private static boolean isMore(KafkaConsumer<ByteBuffer, ByteBuffer> consumer, Map<TopicPartition, Long> ends) {
        List<TopicPartition> read = ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) >= end.getValue())
                .map(Map.Entry::getKey)
                .toList();
        consumer.pause(read);
        ends.keySet().removeAll(read);
        return !ends.isEmpty();
    }

    /// A line break inside a value is white space, or an error either way.
    private static void feed(SchemaInference inference, ByteBuffer value) {
        byte[] line = new byte[value.remaining()];
        value.duplicate().get(line);
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        inference.feed(line, 0, line.length);
        inference.feed(LINE_END, 0, 1);
    }
}
