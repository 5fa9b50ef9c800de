package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `unit` and `encoding` of a schema's field do to messages.
class ValueFormsTest {
    private static final Map<String, ?> SCHEMA = Map.of(
            "fields",
            List.of(
                    Map.of("name", "at", "type", "timestamp", "unit", "ms"),
                    Map.of("name", "b", "type", "binary", "encoding", "hex")));

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void numbers_are_timestamps_in_values_and_in_rows_of_change_events() {
        String row = "{\"at\":1763632800123,\"b\":\"ff00\"}";
        String expected = "{\"at\":\"2025-11-20T10:00:00.123000Z\",\"b\":\"/wA=\"}";
        String plain = topics.make("herd", 1);
        topics.send(message(plain, row));
        topics.send(message(plain, "{\"at\":1763632800123456789}"));
        String changes = topics.make("herd", 1);
        topics.send(message(changes, "{\"before\":null,\"after\":" + row + ",\"source\":{},\"op\":\"c\"}"));

        SourceReading read = read(plain, Map.of());

        assertThat(read.rows()).containsExactly(expected);
        assertThat(read.splits().getFirst().rejects().stream().map(Reject::message))
                .containsExactly("column 'at' is timestamp (unit ms) and can't hold 1763632800123456789");
        assertThat(read(changes, Map.of("unwrap", "debezium")).rows()).containsExactly(expected);
    }

    @Test
    void values_with_a_schema_of_their_own_have_neither() {
        assertThatThrownBy(() -> source("none", Map.of("message_encoding", "avro")))
                .hasMessageContaining("unit and encoding");
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, String json) {
        return new ProducerRecord<>(topic, 0, 5L, null, json.getBytes(StandardCharsets.UTF_8));
    }

    private SourceReading read(String topic, Map<String, ?> more) {
        try (Source source = source(topic, more)) {
            return SourceReading.after(source, new StreamId("herd"), SyncMode.INCREMENTAL, Map.of());
        }
    }

    private Source source(String topic, Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(more);
        keys.put("bootstrap_servers", broker.servers());
        keys.put("topics", List.of(Map.of("name", topic)));
        keys.put("read_as", "columns");
        keys.put("schema", SCHEMA);
        return Configured.source(new KafkaSourceFactory(), "herd", keys);
    }
}
