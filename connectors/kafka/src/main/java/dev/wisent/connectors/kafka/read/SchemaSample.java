package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.SchemaInference;
import dev.wisent.columnar.TypeLattice;
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

/// Finds the columns of values by some messages at the beginning of each partition: those of their schemas, or what their
/// values look like.
final class SchemaSample {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final byte[] LINE_END = {'\n'};
    /// Enough to see rare fields, read in a moment.
    private static final int MESSAGES = 10_000;

    private final SchemaInference inference = SchemaInference.ndjson();
    private final ValueText values;
    private final JsonText text = new JsonText();
    private Schema written;

    private SchemaSample(Decodings decodings) {
        written = decodings.saidColumns().orElseGet(Schema::of);
        values = decodings.values(schema -> decodings
                .columnsOf(schema)
                .ifPresent(columns -> written = written.size() == 0 ? columns : TypeLattice.merge(written, columns)));
    }

    static Schema infer(ReadOptions options, TopicFinder finder, Decodings decodings) {
        SchemaSample sample = new SchemaSample(decodings);
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
                        sample.feed(message);
                        messages++;
                        bytes += message.serializedValueSize();
                    }
                }
            }
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
        return options.decoding().encoding().isTyped() ? sample.written : sample.inferred();
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

    private Schema inferred() {
        inference.endFile();
        return inference.schema();
    }

    /// What can't be read is told when it is read. A line break inside a value is white space, or an error either way.
    private void feed(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        text.clear();
        if (values.write(message, text).isPresent() || values.op() == RowOp.DELETE || values.op() == RowOp.TRUNCATE) {
            return;
        }
        text.onOneLine(0);
        inference.feed(text.bytes(), 0, text.length());
        inference.feed(LINE_END, 0, 1);
    }
}
