package dev.wisent.connectors.kafka.read;

import static dev.wisent.connectors.kafka.registry.RegistryFake.avro;
import static dev.wisent.connectors.kafka.registry.RegistryFake.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.kafka.registry.RegistryFake;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Envelopes of Debezium as rows and what became of them.
class ChangeEventsTest {
    private static final StreamId STREAM = new StreamId("herd");
    private static final String SOURCE = "\"source\":{\"table\":\"cows\",\"lsn\":7},\"ts_ms\":1";

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);

    @AfterEach
    void close() {
        topics.close();
    }

    private static String event(String op, String before, String after) {
        return "{\"before\":" + before + ",\"after\":" + after + "," + SOURCE + ",\"op\":\"" + op + "\"}";
    }

    private static String withSchema(String payload) {
        return "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"field\":\"op \\\" {\"}]},\"payload\":" + payload + "}";
    }

    private void send(String topic, String key, String value) {
        topics.send(new ProducerRecord<>(topic, 0, 5L, bytes(key), bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private SourceReading read(String topic, Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "bootstrap_servers",
                broker.servers(),
                "topics",
                List.of(Map.of("name", topic)),
                "unwrap",
                "debezium",
                "read_as",
                "columns"));
        keys.putAll(more);
        try (Source source = Configured.source(new KafkaSourceFactory(), "herd", keys)) {
            return SourceReading.all(source, STREAM, SyncMode.INCREMENTAL);
        }
    }

    private void life(String topic, java.util.function.UnaryOperator<String> form) {
        String key = form.apply("{\"id\":1}");
        send(topic, key, form.apply(event("r", "null", "{\"id\":1,\"name\":\"Berta\"}")));
        send(topic, key, form.apply(event("u", "null", "{\"id\":1,\"name\":\"Ber\\\"ta}\"}")));
        send(topic, key, form.apply(event("d", "{\"id\":1,\"name\":null}", "null")));
        send(topic, key, "");
        send(topic, form.apply("{\"id\":2}"), form.apply(event("c", "null", "{\"id\":2,\"name\":\"Cleo\"}")));
        send(topic, form.apply("{\"id\":2}"), form.apply(event("d", "null", "null")));
        send(topic, "", form.apply(event("t", "null", "null")));
        send(topic, form.apply("{\"id\":3}"), form.apply(event("c", "null", "{\"id\":3,\"name\":\"Dora\"}")));
    }

    private static final String[] LIVED = {
        "{\"id\":1,\"name\":\"Berta\",\"kafka_op\":\"insert\"}",
        "{\"id\":1,\"name\":\"Ber\\\"ta}\",\"kafka_op\":\"update\"}",
        "{\"id\":1,\"name\":null,\"kafka_op\":\"delete\"}",
        "{\"id\":1,\"kafka_op\":\"delete\"}",
        "{\"id\":2,\"name\":\"Cleo\",\"kafka_op\":\"insert\"}",
        "{\"id\":2,\"kafka_op\":\"delete\"}",
        "{\"kafka_op\":\"truncate\"}",
        "{\"id\":3,\"name\":\"Dora\",\"kafka_op\":\"insert\"}"
    };

    @Test
    void events_are_rows_with_what_became_of_them() {
        String topic = topics.make("cows", 1);
        life(topic, plain -> plain);

        SourceReading read = read(topic, Map.of("metadata", List.of("op")));

        assertThat(read.rows()).containsExactly(LIVED);
        assertThat(read.schema().orElseThrow().fields())
                .extracting(Field::name)
                .containsExactly("id", "name", "kafka_op");
    }

    @Test
    void events_with_their_schema_beside_them_are_the_same() {
        String topic = topics.make("cows", 1);
        life(topic, ChangeEventsTest::withSchema);

        assertThat(read(topic, Map.of("metadata", List.of("op"))).rows()).containsExactly(LIVED);
    }

    @Test
    void values_alone_are_the_rows() {
        String topic = topics.make("cows", 1);
        life(topic, plain -> plain);

        assertThat(read(topic, Map.of("read_as", "value")).rows())
                .startsWith("{\"id\":1,\"name\":\"Berta\"}", "{\"id\":1,\"name\":\"Ber\\\"ta}\"}")
                .hasSize(8);
    }

    @Test
    void what_is_no_event_is_a_reject_with_its_place_and_why() {
        String topic = topics.make("cows", 1);
        send(topic, "{\"id\":1}", "{\"id\":1}");
        send(topic, "{\"id\":1}", "[]");
        send(topic, "{\"id\":1}", "{\"op\":");
        send(topic, "{\"id\":1}", event("u", "null", "null"));
        send(topic, "", event("m", "null", "null"));
        send(topic, "{\"id\":1}", event("x", "null", "{}"));
        send(topic, "", event("d", "null", "null"));
        send(topic, "7", event("d", "null", "null"));
        send(topic, "", "");
        send(topic, "{\"id\":1}", event("c", "null", "{\"id\":1}"));

        SourceReading.OfSplit split = read(topic, Map.of()).splits().getFirst();

        assertThat(split.rows()).containsExactly("{\"id\":1}");
        assertThat(split.rejects())
                .extracting(Reject::message)
                .satisfiesExactly(
                        row -> assertThat(row).isEqualTo("the value is no change event of Debezium: it has no op"),
                        list -> assertThat(list).endsWith("it is no object"),
                        json -> assertThat(json).startsWith("the value is no JSON"),
                        update -> assertThat(update).endsWith("op \"u\" without a row in after"),
                        message -> assertThat(message).endsWith("is a message of its database, and no row"),
                        other -> assertThat(other).endsWith("there is no op \"x\""),
                        keyless -> assertThat(keyless).endsWith("neither the row nor a key"),
                        number -> assertThat(number).endsWith("by a key that is no object with its columns"),
                        nothing -> assertThat(nothing).endsWith("neither the row nor a key"));
        assertThat(split.rejects().getFirst().where()).isEqualTo("topic " + topic + ", partition 0, offset 0");
    }

    @Test
    void a_value_the_database_did_not_tell_is_absent_and_not_its_placeholder() {
        String topic = topics.make("cows", 1);
        send(topic, "{\"id\":1}", event("u", "null", "{\"id\":1,\"note\":\"__debezium_unavailable_value\",\"kg\":5}"));
        send(topic, "{\"id\":1}", event("u", "null", "{\"note\":\"__debezium_unavailable_value\"}"));

        assertThat(read(topic, Map.of()).rows()).containsExactly("{\"id\":1,\"kg\":5}", "{}");
    }

    @Test
    void events_in_avro_are_rows_of_their_types() {
        String row = "{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"shop.cows\",\"fields\":["
                + "{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"price\",\"type\":[\"null\",{\"type\":\"bytes\","
                + "\"logicalType\":\"decimal\",\"precision\":8,\"scale\":2}],\"default\":null}]}";
        Schema envelope = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Envelope\",\"namespace\":\"shop.cows\",\"fields\":["
                        + "{\"name\":\"before\",\"type\":[\"null\"," + row + "],\"default\":null},"
                        + "{\"name\":\"after\",\"type\":[\"null\",\"Value\"],\"default\":null},"
                        + "{\"name\":\"op\",\"type\":\"string\"}]}");
        Schema key = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Key\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}");
        Schema value = envelope.getField("before").schema().getTypes().get(1);
        GenericRecord cow = new GenericData.Record(value);
        cow.put("id", 1);
        cow.put("price", ByteBuffer.wrap(new BigDecimal("12.50").unscaledValue().toByteArray()));
        GenericRecord made = new GenericData.Record(envelope);
        made.put("after", cow);
        made.put("op", "c");
        GenericRecord gone = new GenericData.Record(envelope);
        gone.put("op", "d");
        GenericRecord cowKey = new GenericData.Record(key);
        cowKey.put("id", 1);
        String topic = topics.make("cows", 1);
        try (RegistryFake registry = RegistryFake.start()) {
            registry.confluent(1, key.toString());
            registry.confluent(2, envelope.toString());
            byte[] keyBytes = framed(1, avro(key, cowKey));
            topics.send(new ProducerRecord<>(topic, 0, 5L, keyBytes, framed(2, avro(envelope, made))));
            topics.send(new ProducerRecord<>(topic, 0, 5L, keyBytes, framed(2, avro(envelope, gone))));
            topics.send(new ProducerRecord<>(topic, 0, keyBytes, null));

            SourceReading read = read(
                    topic,
                    Map.of(
                            "message_encoding",
                            "avro",
                            "key_encoding",
                            "avro",
                            "schema_registry",
                            Map.of("type", "confluent", "url", registry.url()),
                            "metadata",
                            List.of("op")));

            assertThat(read.schema().orElseThrow().field(1))
                    .isEqualTo(Field.nullable("price", new DataType.Decimal(8, 2)));
            assertThat(read.rows())
                    .containsExactly(
                            "{\"id\":1,\"price\":12.50,\"kafka_op\":\"insert\"}",
                            "{\"id\":1,\"kafka_op\":\"delete\"}",
                            "{\"id\":1,\"kafka_op\":\"delete\"}");
        }
    }

    @Test
    void unwrapping_is_refused_where_there_is_nothing_to_unwrap() {
        assertThatThrownBy(() -> read("t", Map.of("read_as", "message")))
                .hasMessageContaining("a whole message is not the row of a change event");
        assertThatThrownBy(() -> read("t", Map.of("read_as", "value", "message_encoding", "text")))
                .hasMessageContaining("text has no change events");
        assertThatThrownBy(() -> read("t", Map.of("unwrap", "none", "metadata", List.of("op"))))
                .hasMessageContaining("only change events have an 'op'");
    }
}
