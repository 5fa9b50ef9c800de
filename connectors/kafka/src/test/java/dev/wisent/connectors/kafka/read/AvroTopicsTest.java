package dev.wisent.connectors.kafka.read;

import static dev.wisent.connectors.kafka.registry.RegistryFake.avro;
import static dev.wisent.connectors.kafka.registry.RegistryFake.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Source;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.kafka.registry.RegistryFake;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Messages in Avro, whose schemas are in a registry.
class AvroTopicsTest {
    private static final StreamId STREAM = new StreamId("herd");
    private static final String COW = """
            {"type": "record", "name": "Cow", "namespace": "farm", "fields": [
              {"name": "id", "type": "long"},
              {"name": "name", "type": ["null", "string"], "default": null},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "born", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}""";
    private static final String COW_WITH_KG = COW.replace(
            "}]}",
            "}, {\"name\": \"kg\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 6, \"scale\": 1}}]}");

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final RegistryFake registry = RegistryFake.start();

    @AfterEach
    void close() {
        topics.close();
        registry.close();
    }

    private static org.apache.avro.Schema schema(String text) {
        return new org.apache.avro.Schema.Parser().parse(text);
    }

    private static GenericRecord cow(String schema, long id) {
        GenericRecord cow = new GenericData.Record(schema(schema));
        cow.put("id", id);
        cow.put("name", "Berta");
        cow.put(
                "price",
                ByteBuffer.wrap(new BigDecimal("1234.50").unscaledValue().toByteArray()));
        cow.put("born", 1_700_000_000_123L);
        if (cow.getSchema().getField("kg") != null) {
            cow.put(
                    "kg",
                    ByteBuffer.wrap(new BigDecimal("612.5").unscaledValue().toByteArray()));
        }
        return cow;
    }

    private static byte[] bytes(GenericRecord record) {
        return avro(record.getSchema(), record);
    }

    private Map<String, Object> confluent() {
        return Map.of("type", "confluent", "url", registry.url());
    }

    private Map<String, Object> apicurio(Map<String, Object> more) {
        Map<String, Object> all =
                new HashMap<>(Map.of("type", "apicurio", "url", registry.url() + RegistryFake.APICURIO));
        all.putAll(more);
        return all;
    }

    private Source source(String topic, Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "bootstrap_servers",
                broker.servers(),
                "topics",
                List.of(Map.of("name", topic)),
                "message_encoding",
                "avro",
                "read_as",
                "columns"));
        keys.putAll(more);
        return Configured.source(new KafkaSourceFactory(), "herd", keys);
    }

    private SourceReading read(String topic, Map<String, ?> more) {
        try (Source source = source(topic, more)) {
            return SourceReading.all(source, STREAM, SyncMode.INCREMENTAL);
        }
    }

    private void send(String topic, byte[] value) {
        topics.send(new ProducerRecord<>(topic, 0, 5L, null, value));
    }

    @Test
    void fields_are_columns_of_their_types_and_each_schema_is_asked_for_once() {
        String topic = topics.make("herd", 1);
        registry.confluent(7, COW);
        send(topic, framed(7, bytes(cow(COW, 1))));
        send(topic, framed(7, bytes(cow(COW, 2))));

        SourceReading read = read(topic, Map.of("schema_registry", confluent()));

        assertThat(read.schema())
                .contains(Schema.of(
                        Field.nullable("id", DataType.INT64),
                        Field.nullable("name", DataType.STRING),
                        Field.nullable("price", new DataType.Decimal(10, 2)),
                        Field.nullable("born", DataType.TIMESTAMP)));
        assertThat(read.rows())
                .containsExactly(
                        "{\"id\":1,\"name\":\"Berta\",\"price\":1234.50,\"born\":\"2023-11-14T22:13:20.123000Z\"}",
                        "{\"id\":2,\"name\":\"Berta\",\"price\":1234.50,\"born\":\"2023-11-14T22:13:20.123000Z\"}");
        assertThat(registry.asked()).containsExactly("/schemas/ids/7");
    }

    @Test
    void a_schema_that_adds_a_field_adds_a_column_of_its_type() {
        String topic = topics.make("herd", 1);
        registry.confluent(7, COW);
        registry.confluent(8, COW_WITH_KG);
        send(topic, framed(7, bytes(cow(COW, 1))));
        Source source = source(topic, Map.of("schema_registry", confluent()));
        try (source;
                var planner = source.plan(new dev.wisent.api.source.ReadRequest(
                        STREAM,
                        SyncMode.INCREMENTAL,
                        dev.wisent.api.commit.GenerationView.EMPTY,
                        dev.wisent.api.StreamState.EMPTY,
                        java.util.Optional.empty()))) {
            var stream = new dev.wisent.columnar.StreamSchema(planner.schema().orElseThrow());
            assertThat(stream.current().size()).isEqualTo(4);
            send(topic, framed(8, bytes(cow(COW_WITH_KG, 2))));
            send(topic, framed(7, bytes(cow(COW, 3))));
            var page = (dev.wisent.api.source.PlanPage.Splits) planner.next(java.time.Duration.ofSeconds(1));

            var split = SourceReading.split(
                    source,
                    STREAM,
                    page.splits().getFirst(),
                    dev.wisent.api.Position.START,
                    java.util.Optional.of(stream));

            assertThat(stream.current().field(4)).isEqualTo(Field.nullable("kg", new DataType.Decimal(6, 1)));
            assertThat(split.rows())
                    .containsExactly(
                            "{\"id\":1,\"name\":\"Berta\",\"price\":1234.50,\"born\":\"2023-11-14T22:13:20.123000Z\"}",
                            "{\"id\":2,\"name\":\"Berta\",\"price\":1234.50,\"born\":\"2023-11-14T22:13:20.123000Z\",\"kg\":612.5}",
                            "{\"id\":3,\"name\":\"Berta\",\"price\":1234.50,\"born\":\"2023-11-14T22:13:20.123000Z\"}");
        }
    }

    @Test
    void a_declared_schema_decides_which_fields_are_read_and_of_which_type() {
        String topic = topics.make("herd", 1);
        registry.confluent(8, COW_WITH_KG);
        send(topic, framed(8, bytes(cow(COW_WITH_KG, 1))));
        Map<String, Object> declared = Map.of(
                "fields",
                List.of(
                        Map.of("name", "id", "type", "int64", "nullable", "false"),
                        Map.of("name", "born", "type", "string"),
                        Map.of("name", "legs", "type", "int32")));

        SourceReading read = read(topic, Map.of("schema_registry", confluent(), "schema", declared));

        assertThat(read.rows()).containsExactly("{\"id\":1,\"born\":\"2023-11-14T22:13:20.123000Z\"}");
        assertThat(read(
                                topic,
                                Map.of(
                                        "schema_registry",
                                        confluent(),
                                        "schema",
                                        declared,
                                        "contract",
                                        Map.of("columns", "discard_row")))
                        .splits()
                        .getFirst()
                        .rejects())
                .extracting(Reject::code)
                .containsExactly(ErrorCode.CONTRACT.id());
        assertThatThrownBy(() -> read(
                        topic,
                        Map.of(
                                "schema_registry",
                                confluent(),
                                "schema",
                                declared,
                                "contract",
                                Map.of("columns", "freeze"))))
                .isInstanceOf(WisentException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.CONTRACT);
    }

    @Test
    void a_field_nobody_asked_for_is_passed_where_the_others_are_read_straight() {
        String topic = topics.make("herd", 1);
        registry.confluent(7, COW);
        send(topic, framed(7, bytes(cow(COW, 1))));
        send(topic, framed(7, bytes(cow(COW, 2))));
        Map<String, Object> declared = Map.of(
                "fields",
                List.of(Map.of("name", "name"), Map.of("name", "id", "type", "int64"), Map.of("name", "legs")));

        assertThat(read(
                                topic,
                                Map.of(
                                        "schema_registry",
                                        confluent(),
                                        "schema",
                                        declared,
                                        "metadata",
                                        List.of("offset")))
                        .rows())
                .containsExactly(
                        "{\"name\":\"Berta\",\"id\":1,\"kafka_offset\":0}",
                        "{\"name\":\"Berta\",\"id\":2,\"kafka_offset\":1}");
    }

    @Test
    void what_can_t_be_read_is_a_reject_with_its_place_and_its_bytes() {
        String topic = topics.make("herd", 1);
        registry.confluent(7, COW);
        registry.put("/schemas/ids/9", "{\"schema\": \"syntax = 'proto3';\", \"schemaType\": \"PROTOBUF\"}");
        registry.confluent(10, "\"string\"");
        byte[] good = framed(7, bytes(cow(COW, 1)));
        send(topic, good);
        topics.send(new ProducerRecord<>(
                topic, 0, 5L, "k1".getBytes(StandardCharsets.UTF_8), framed(6, bytes(cow(COW, 2)))));
        send(topic, Arrays.copyOf(good, good.length - 3));
        send(topic, Arrays.copyOf(good, good.length + 1));
        send(topic, new byte[] {0, 0, 0});
        send(topic, "{\"id\": 1}".getBytes(StandardCharsets.UTF_8));
        send(topic, framed(9, new byte[] {1}));
        send(topic, framed(10, new byte[] {2, 'a'}));
        send(topic, framed(7, bytes(cow(COW, 3))));

        SourceReading.OfSplit split =
                read(topic, Map.of("schema_registry", confluent())).splits().getFirst();

        assertThat(split.rows()).hasSize(2);
        assertThat(split.rejects())
                .extracting(Reject::message)
                .satisfiesExactly(
                        unknown -> assertThat(unknown).endsWith("has no schema id 6"),
                        cut -> assertThat(cut).startsWith("the value can't be read by schema id 7"),
                        more -> assertThat(more).contains("more bytes than its schema takes"),
                        few -> assertThat(few).isEqualTo("the value has 3 bytes, too few for a schema id"),
                        json -> assertThat(json).startsWith("the value begins with byte 123"),
                        other -> assertThat(other).isEqualTo("schema id 9 is of type PROTOBUF, and no Avro"),
                        text -> assertThat(text).startsWith("schema id 10 is of type STRING"));
        Reject unknown = split.rejects().getFirst();
        assertThat(unknown.where()).isEqualTo("topic " + topic + ", partition 0, offset 1");
        assertThat(new String(unknown.raw(), StandardCharsets.UTF_8))
                .contains("\"key\":\"k1\"")
                .contains("\"value");
    }

    @Test
    void apicurio_s_ids_are_read_in_each_of_their_forms() {
        String topic = topics.make("herd", 1);
        registry.put(RegistryFake.APICURIO + "/ids/globalIds/71", COW);
        registry.put(RegistryFake.APICURIO + "/ids/contentIds/5", COW);
        send(topic, framed(71L, bytes(cow(COW, 1))));
        send(topic, framed(5, bytes(cow(COW, 2))));
        ProducerRecord<byte[], byte[]> global = new ProducerRecord<>(topic, 0, 5L, null, bytes(cow(COW, 3)));
        global.headers()
                .add(
                        "apicurio.value.globalId",
                        ByteBuffer.allocate(8).putLong(71).array());
        topics.send(global);
        ProducerRecord<byte[], byte[]> content = new ProducerRecord<>(topic, 0, 5L, null, bytes(cow(COW, 4)));
        content.headers()
                .add(
                        "apicurio.value.contentId",
                        ByteBuffer.allocate(8).putLong(5).array());
        topics.send(content);
        ProducerRecord<byte[], byte[]> json = new ProducerRecord<>(topic, 0, 5L, null, new byte[] {'{', '}'});
        json.headers()
                .add(
                        "apicurio.value.contentId",
                        ByteBuffer.allocate(8).putLong(5).array());
        json.headers().add("apicurio.value.encoding", "JSON".getBytes(StandardCharsets.UTF_8));
        topics.send(json);
        send(topic, new byte[] {0, 0, 0, 0, 0, 1});

        SourceReading.OfSplit split = read(topic, Map.of("schema_registry", apicurio(Map.of())))
                .splits()
                .getFirst();

        assertThat(split.rows())
                .extracting(row -> row.substring(0, 7))
                .containsExactly("{\"id\":1", "{\"id\":2", "{\"id\":3", "{\"id\":4");
        assertThat(split.rejects())
                .extracting(Reject::message)
                .containsExactly(
                        "the value is JSON, which is not read in this version",
                        "the value has 6 bytes, too few for a schema id of eight, which four zeros begin");
    }

    @Test
    void ids_of_four_bytes_are_global_ones_where_that_is_said_and_in_files_of_bizon() {
        String topic = topics.make("herd", 1);
        registry.put(RegistryFake.APICURIO + "/ids/globalIds/5", COW);
        send(topic, framed(5, bytes(cow(COW, 2))));

        assertThat(read(topic, Map.of("schema_registry", apicurio(Map.of("id", "global"))))
                        .rows())
                .hasSize(1);
        Map<String, Object> login = Map.of(
                "params",
                Map.of("username", KafkaBroker.USER, "password", KafkaBroker.PASSWORD),
                "schema_registry_type",
                "apicurio",
                "schema_registry_url",
                registry.url() + RegistryFake.APICURIO,
                "schema_registry_username",
                "u",
                "schema_registry_password",
                "p");
        registry.only("Basic dTpw");
        assertThat(read(
                                topic,
                                Map.of(
                                        "bootstrap_servers",
                                        broker.saslServers(),
                                        "authentication",
                                        login,
                                        "consumer_config",
                                        Map.of("security.protocol", "SASL_PLAINTEXT")))
                        .rows())
                .hasSize(1);
    }

    @Test
    void confluent_s_ids_are_read_from_headers() {
        String topic = topics.make("herd", 1);
        UUID guid = new UUID(1, 2);
        registry.put("/schemas/guids/" + guid, "{\"schema\": " + quoted(COW) + "}");
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, 0, 5L, null, bytes(cow(COW, 3)));
        message.headers()
                .add(
                        "__value_schema_id",
                        ByteBuffer.allocate(17)
                                .put((byte) 1)
                                .putLong(1)
                                .putLong(2)
                                .array());
        topics.send(message);

        assertThat(read(topic, Map.of("schema_registry", confluent())).rows()).hasSize(1);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"").replace("\n", " ") + '"';
    }

    @Test
    void a_schema_that_names_others_is_read_with_them() {
        String topic = topics.make("herd", 1);
        String owner =
                "{\"type\":\"record\",\"name\":\"Owner\",\"namespace\":\"farm\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"}]}";
        String herd =
                "{\"type\":\"record\",\"name\":\"Herd\",\"namespace\":\"farm\",\"fields\":[{\"name\":\"owner\",\"type\":\"farm.Owner\"}]}";
        registry.put("/schemas/ids/3", RegistryFake.naming(herd, "farm.Owner", "farm owner", 4));
        registry.put("/subjects/farm%20owner/versions/4", "{\"schema\": " + quoted(owner) + "}");
        send(topic, framed(3, new byte[] {6, 'A', 'd', 'a'}));

        assertThat(read(topic, Map.of("schema_registry", confluent())).rows())
                .containsExactly("{\"owner\":{\"name\":\"Ada\"}}");
    }

    @Test
    void values_and_keys_are_json_where_messages_are_records() {
        String topic = topics.make("herd", 1);
        registry.confluent(7, COW);
        registry.confluent(1, "\"string\"");
        topics.send(new ProducerRecord<>(
                topic, 0, 5L, framed(1, new byte[] {6, 'A', 'd', 'a'}), framed(7, bytes(cow(COW, 1)))));
        String row = "{\"id\":1,\"name\":\"Berta\",\"price\":1234.50,\"born\":\"2023-11-14T22:13:20.123000Z\"}";

        assertThat(read(topic, Map.of("schema_registry", confluent(), "read_as", "value"))
                        .rows())
                .containsExactly(row);
        assertThat(read(topic, Map.of("schema_registry", confluent(), "read_as", "message", "key_encoding", "avro"))
                        .rows())
                .containsExactly("{\"topic\":\"" + topic
                        + "\",\"partition\":0,\"offset\":0,\"timestamp\":5,\"keys\":\"Ada\",\"headers\":{},\"value\":"
                        + row
                        + "}");
        assertThatThrownBy(() -> read(topic, Map.of())).hasMessageContaining("avro needs a schema registry");
    }

    @Test
    void a_check_asks_the_registry_too() {
        String topic = topics.make("herd", 1);
        try (Source source = source(topic, Map.of("schema_registry", confluent()))) {
            source.check();
            assertThat(registry.asked()).containsExactly("/schemas/ids/0");
            registry.only("Bearer other");
            assertThatThrownBy(source::check).hasMessageContaining("doesn't let this user in");
        }
    }
}
