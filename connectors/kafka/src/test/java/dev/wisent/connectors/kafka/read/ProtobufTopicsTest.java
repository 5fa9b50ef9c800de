package dev.wisent.connectors.kafka.read;

import static dev.wisent.connectors.kafka.registry.RegistryFake.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.kafka.protobuf.ProtoText;
import dev.wisent.connectors.kafka.protobuf.Protos;
import dev.wisent.connectors.kafka.registry.RegistryFake;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages in Protobuf, whose schemas are in a registry or in a file.
class ProtobufTopicsTest {
    private static final StreamId STREAM = new StreamId("herd");
    private static final String COW = """
            syntax = "proto3";
            package farm;
            import "google/protobuf/timestamp.proto";
            message Barn { string name = 1; message Door { int32 width = 1; } }
            message Cow { int64 id = 1; string name = 2; google.protobuf.Timestamp born = 3; }
            """;
    private static final String COW_WITH_KG = COW.replace("born = 3;", "born = 3; uint64 kg = 4;");
    private static final byte[] SECOND = {2, 2};
    private static final byte[] FIRST = {0};

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final RegistryFake registry = RegistryFake.start();

    @AfterEach
    void close() {
        topics.close();
        registry.close();
    }

    private static byte[] message(String schema, String type, String text) {
        return Protos.bytes(Protos.type(schema, type), text);
    }

    private static byte[] cow(long id) {
        return message(COW, "Cow", "id: " + id + " name: 'Berta' born { seconds: 1700000000 nanos: 123000000 }");
    }

    private static byte[] behind(byte[] place, byte[] content) {
        byte[] both = Arrays.copyOf(place, place.length + content.length);
        System.arraycopy(content, 0, both, place.length, content.length);
        return both;
    }

    private Map<String, Object> confluent() {
        return Map.of("type", "confluent", "url", registry.url());
    }

    private Map<String, Object> apicurio(String api) {
        return Map.of("type", "apicurio", "url", registry.url() + api);
    }

    private Source source(String topic, Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "bootstrap_servers",
                broker.servers(),
                "topics",
                List.of(Map.of("name", topic)),
                "message_encoding",
                "protobuf",
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

    private static ProducerRecord<byte[], byte[]> with(String topic, byte[] value, Map<String, byte[]> headers) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, 0, 5L, null, value);
        headers.forEach((name, header) -> message.headers().add(name, header));
        return message;
    }

    @Test
    void fields_are_columns_of_their_types_and_each_schema_is_asked_for_once() {
        String topic = topics.make("herd", 1);
        registry.protobuf(7, COW);
        send(topic, framed(7, behind(SECOND, cow(1))));
        send(topic, framed(7, behind(SECOND, cow(2))));

        SourceReading read = read(topic, Map.of("schema_registry", confluent()));

        assertThat(read.schema())
                .contains(Schema.of(
                        Field.nullable("id", DataType.INT64),
                        Field.nullable("name", DataType.STRING),
                        Field.nullable("born", DataType.TIMESTAMP)));
        assertThat(read.rows())
                .containsExactly(
                        "{\"id\":1,\"name\":\"Berta\",\"born\":\"2023-11-14T22:13:20.123000Z\"}",
                        "{\"id\":2,\"name\":\"Berta\",\"born\":\"2023-11-14T22:13:20.123000Z\"}");
        assertThat(registry.asked()).containsExactly("/schemas/ids/7");
    }

    @Test
    void the_place_behind_an_id_says_which_message_it_is() {
        String topic = topics.make("herd", 1);
        registry.protobuf(7, COW);
        byte[] barn = message(COW, "Barn", "name: 'north'");
        byte[] header = ByteBuffer.allocate(5).put((byte) 0).putInt(7).array();
        send(topic, framed(7, behind(FIRST, barn)));
        send(topic, framed(7, behind(new byte[] {4, 0, 0}, message(COW, "farm.Barn.Door", "width: 3"))));
        topics.send(with(topic, cow(1), Map.of("__value_schema_id", behind(header, SECOND))));
        topics.send(with(topic, barn, Map.of("__value_schema_id", header)));

        assertThat(read(topic, Map.of("schema_registry", confluent(), "read_as", "value"))
                        .rows())
                .extracting(row -> row.replaceAll(".*\"source_data\":|,\"source_timestamp.*", ""))
                .containsExactly(
                        "{\"name\":\"north\"}",
                        "{\"width\":3}",
                        "{\"id\":1,\"name\":\"Berta\",\"born\":\"2023-11-14T22:13:20.123000Z\"}",
                        "{\"name\":\"north\"}");
    }

    @Test
    void a_schema_that_adds_a_field_adds_a_column_of_its_type() {
        String topic = topics.make("herd", 1);
        registry.protobuf(7, COW);
        registry.protobuf(8, COW_WITH_KG);
        send(topic, framed(7, behind(SECOND, cow(1))));
        try (Source source = source(topic, Map.of("schema_registry", confluent()));
                var planner = source.plan(new ReadRequest(
                        STREAM, SyncMode.INCREMENTAL, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()))) {
            StreamSchema stream = new StreamSchema(planner.schema().orElseThrow());
            send(topic, framed(8, behind(SECOND, message(COW_WITH_KG, "Cow", "id: 2 kg: 18446744073709551615"))));
            send(topic, framed(7, behind(SECOND, cow(3))));
            var page = (PlanPage.Splits) planner.next(Duration.ofSeconds(1));

            var split =
                    SourceReading.split(source, STREAM, page.splits().getFirst(), Position.START, Optional.of(stream));

            assertThat(stream.current().field(3)).isEqualTo(Field.nullable("kg", new DataType.Decimal(20, 0)));
            assertThat(split.rows())
                    .containsExactly(
                            "{\"id\":1,\"name\":\"Berta\",\"born\":\"2023-11-14T22:13:20.123000Z\"}",
                            "{\"id\":2,\"name\":\"\",\"born\":null,\"kg\":18446744073709551615}",
                            "{\"id\":3,\"name\":\"Berta\",\"born\":\"2023-11-14T22:13:20.123000Z\"}");
        }
    }

    @Test
    void a_declared_schema_decides_which_fields_are_read_and_of_which_type() {
        String topic = topics.make("herd", 1);
        registry.protobuf(7, COW);
        send(topic, framed(7, behind(SECOND, cow(1))));
        Map<String, Object> declared = Map.of(
                "fields", List.of(Map.of("name", "id", "type", "string"), Map.of("name", "legs", "type", "int32")));
        Map<String, Object> frozen = Map.of("columns", "freeze");

        assertThat(read(topic, Map.of("schema_registry", confluent(), "schema", declared))
                        .rows())
                .containsExactly("{\"id\":\"1\"}");
        assertThatThrownBy(() ->
                        read(topic, Map.of("schema_registry", confluent(), "schema", declared, "contract", frozen)))
                .isInstanceOf(WisentException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.CONTRACT);
    }

    @Test
    void what_can_t_be_read_is_a_reject_with_its_place_and_its_bytes() {
        String topic = topics.make("herd", 1);
        registry.protobuf(7, COW);
        registry.confluent(9, "\"string\"");
        registry.protobuf(10, "message Herd { repeated Herd more = 1; }");
        byte[] good = framed(7, behind(SECOND, cow(1)));
        topics.send(new ProducerRecord<>(topic, 0, 5L, "k1".getBytes(StandardCharsets.UTF_8), framed(6, cow(2))));
        send(topic, Arrays.copyOf(good, good.length - 3));
        send(topic, framed(7, behind(new byte[] {2, 8}, cow(2))));
        send(topic, framed(7, new byte[] {(byte) 0x80}));
        send(topic, framed(9, new byte[] {1}));
        send(topic, framed(10, new byte[] {0}));
        send(topic, new byte[] {1, 2, 3, 4, 5, 6});
        send(topic, good);

        SourceReading.OfSplit split =
                read(topic, Map.of("schema_registry", confluent())).splits().getFirst();

        assertThat(split.rows()).hasSize(1);
        assertThat(split.rejects())
                .extracting(Reject::message)
                .satisfiesExactly(
                        unknown -> assertThat(unknown).endsWith("has no schema id 6"),
                        cut -> assertThat(cut)
                                .startsWith("the value can't be read by message farm.Cow of schema id 7: "),
                        place -> assertThat(place).isEqualTo("schema id 7 has no message at place [4]"),
                        none -> assertThat(none).isEqualTo("behind the schema id stands no place of a message"),
                        avro -> assertThat(avro).isEqualTo("schema id 9 is of type AVRO, and no Protobuf"),
                        endless -> assertThat(endless)
                                .isEqualTo("message Herd of schema id 10 has column 'more': message 'Herd' holds"
                                        + " itself, which has no end as columns"),
                        bytes -> assertThat(bytes).startsWith("the value begins with byte 1"));
        Reject unknown = split.rejects().getFirst();
        assertThat(unknown.where()).isEqualTo("topic " + topic + ", partition 0, offset 0");
        assertThat(new String(unknown.raw(), StandardCharsets.UTF_8))
                .contains("\"key\":\"k1\"")
                .contains("\"value");
    }

    @Test
    void apicurio_s_messages_are_known_by_their_names() throws Exception {
        String topic = topics.make("herd", 1);
        registry.put(RegistryFake.APICURIO + "/ids/globalIds/71", COW);
        registry.put(RegistryFake.APICURIO + "/ids/contentIds/5", COW);
        byte[] ref = {5, 0x0a, 3, 'C', 'o', 'w'};
        byte[] id = ByteBuffer.allocate(8).putLong(71).array();
        send(topic, framed(71L, behind(ref, cow(1))));
        send(topic, framed(5, behind(ref, cow(2))));
        topics.send(with(
                topic,
                cow(3),
                Map.of(
                        "apicurio.value.globalId",
                        id,
                        "apicurio.protobuf.type",
                        "Cow".getBytes(StandardCharsets.UTF_8))));
        send(topic, framed(71L, message(COW, "Barn", "name: 'the first of the file'")));

        SourceReading read =
                read(topic, Map.of("schema_registry", apicurio(RegistryFake.APICURIO), "read_as", "value"));

        assertThat(read.rows())
                .extracting(row -> row.replaceAll(".*\"source_data\":|,\"born.*|,\"source_timestamp.*", ""))
                .containsExactly(
                        "{\"id\":1,\"name\":\"Berta\"",
                        "{\"id\":2,\"name\":\"Berta\"",
                        "{\"id\":3,\"name\":\"Berta\"",
                        "{\"name\":\"the first of the file\"}");
    }

    @Test
    void schemas_that_import_others_are_read_with_them_from_either_registry() {
        String herd =
                "syntax = \"proto3\"; package farm; import \"cow.proto\"; message Herd { repeated Cow cows = 1; }";
        byte[] bytes = Protos.bytes(
                Protos.type(Map.of("cow.proto", COW), herd, "Herd"), "cows { id: 1 name: 'Berta' } cows { id: 2 }");
        String rows = "{\"cows\":[{\"id\":1,\"name\":\"Berta\",\"born\":null},{\"id\":2,\"name\":\"\",\"born\":null}]}";
        String topic = topics.make("herd", 1);
        registry.protobuf(7, herd, "cow.proto", "farm cow");
        registry.put("/subjects/farm%20cow/versions/1", "{\"schemaType\":\"PROTOBUF\",\"schema\":" + quoted(COW) + "}");
        send(topic, framed(7, behind(FIRST, bytes)));
        String other = topics.make("herd", 1);
        String reference = "[{\"groupId\":null,\"artifactId\":\"farm cow\",\"version\":\"1\",\"name\":\"cow.proto\"}]";
        for (String api : List.of("/apis/registry/v2", "/apis/registry/v3")) {
            registry.put(api + "/ids/globalIds/71", herd);
            registry.put(api + "/ids/globalIds/71/references", reference);
        }
        registry.put("/apis/registry/v2/groups/default/artifacts/farm%20cow/versions/1", COW);
        registry.put("/apis/registry/v3/groups/default/artifacts/farm%20cow/versions/1/content", COW);
        send(other, framed(71L, bytes));

        assertThat(read(topic, Map.of("schema_registry", confluent())).rows()).containsExactly(rows);
        assertThat(read(other, Map.of("schema_registry", apicurio("/apis/registry/v2")))
                        .rows())
                .containsExactly(rows);
        assertThat(read(other, Map.of("schema_registry", apicurio("/apis/registry/v3")))
                        .rows())
                .containsExactly(rows);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    @Test
    void without_a_registry_a_proto_file_or_a_descriptor_set_has_the_schema(@TempDir Path folder) throws Exception {
        String topic = topics.make("herd", 1);
        send(topic, cow(1));
        Path text = Files.createDirectories(folder.resolve("in/farm")).resolve("cow.proto");
        Files.writeString(text, COW.replace("import", "import \"more.proto\"; import"));
        Files.writeString(folder.resolve("more.proto"), "syntax = \"proto3\"; message More {}");
        Path set = folder.resolve("farm.desc");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FileDescriptorSet.newBuilder()
                .addFile(ProtoText.parse("cow.proto", COW))
                .build()
                .writeTo(bytes);
        Files.write(set, bytes.toByteArray());
        Map<String, Object> proto =
                Map.of("file", text.toString(), "message", "farm.Cow", "import_folders", List.of(folder.toString()));

        String row = "{\"id\":1,\"name\":\"Berta\",\"born\":\"2023-11-14T22:13:20.123000Z\"}";
        assertThat(read(topic, Map.of("protobuf", proto)).rows()).containsExactly(row);
        assertThat(read(topic, Map.of("protobuf", Map.of("file", set.toString(), "message", "Cow")))
                        .rows())
                .containsExactly(row);
        assertThatThrownBy(() -> read(topic, Map.of("protobuf", Map.of("file", set.toString(), "message", "Calf"))))
                .hasMessageContaining("there is no message 'Calf'");
        assertThatThrownBy(() ->
                        read(topic, Map.of("protobuf", Map.of("file", text.toString(), "message", "farm.Cow"))))
                .hasMessageContaining("'more.proto' is imported, and is none of");
    }

    @Test
    void keys_in_protobuf_are_json() {
        String topic = topics.make("herd", 1);
        registry.protobuf(7, COW);
        topics.send(new ProducerRecord<>(
                topic,
                0,
                5L,
                framed(7, behind(FIRST, message(COW, "Barn", "name: 'b'"))),
                "{\"x\":1}".getBytes(StandardCharsets.UTF_8)));

        assertThat(read(
                                topic,
                                Map.of(
                                        "schema_registry",
                                        confluent(),
                                        "message_encoding",
                                        "json",
                                        "key_encoding",
                                        "protobuf",
                                        "metadata",
                                        List.of("key")))
                        .rows())
                .containsExactly("{\"x\":1,\"kafka_key\":\"{\\\"name\\\":\\\"b\\\"}\"}");
    }

    @Test
    void keys_that_don_t_fit_together_are_refused() {
        assertThatThrownBy(() -> source("t", Map.of())).hasMessageContaining("protobuf needs a schema registry");
        Map<String, Object> file = Map.of("file", "a.proto", "message", "A");
        assertThatThrownBy(() -> source("t", Map.of("protobuf", file, "schema_registry", confluent())))
                .hasMessageContaining("one of them has the schema");
        assertThatThrownBy(() -> source("t", Map.of("protobuf", file, "message_encoding", "json")))
                .hasMessageContaining("is for message_encoding: protobuf");
        assertThatThrownBy(() -> source("t", Map.of("protobuf", file, "unwrap", "debezium")))
                .hasMessageContaining("change events are not read of Protobuf");
    }
}
