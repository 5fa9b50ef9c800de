package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What topics, partitions and messages may be like.
class KafkaSourceTest {
    private static final StreamId STREAM = new StreamId("herd");

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);

    @AfterEach
    void close() {
        topics.close();
    }

    private Map<String, Object> keys(String topic, Map<String, ?> more) {
        Map<String, Object> keys =
                new HashMap<>(Map.of("bootstrap_servers", broker.servers(), "topics", List.of(Map.of("name", topic))));
        keys.putAll(more);
        return keys;
    }

    private Source source(String topic, Map<String, ?> more) {
        return Configured.source(new KafkaSourceFactory(), "herd", keys(topic, more));
    }

    private SourceReading read(String topic, Map<String, ?> more, Map<SplitId, SplitView> before) {
        try (Source source = source(topic, more)) {
            return SourceReading.after(source, STREAM, SyncMode.INCREMENTAL, before);
        }
    }

    private static ProducerRecord<byte[], byte[]> tombstone(String topic) {
        return new ProducerRecord<>(topic, 0, 5L, utf8("k"), null, List.of());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_message_is_a_record_with_topic_partition_offset_time_key_headers_and_value() {
        String topic = topics.make("herd", 1);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic, 0, 1_700_000_000_123L, utf8("{\"id\": 7}"), utf8("{\"name\": \"Berta\",\n\"kg\": 600}"));
        message.headers()
                .add("trace", utf8("a\"b"))
                .add("raw", new byte[] {(byte) 0xff})
                .add("twice", utf8("1"));
        message.headers().add("twice", null);
        topics.send(message);
        topics.send(new ProducerRecord<>(topic, 0, 5L, utf8("plain"), utf8("[1]")));
        topics.send(new ProducerRecord<>(topic, 0, 5L, null, utf8("1.50")));

        assertThat(read(topic, Map.of(), Map.of()).rows())
                .containsExactly(
                        "{\"topic\":\"" + topic
                                + "\",\"partition\":0,\"offset\":0,\"timestamp\":1700000000123,\"keys\":{\"id\": 7},"
                                + "\"headers\":{\"trace\":\"a\\\"b\",\"raw\":{\"base64\":\"/w==\"},\"twice\":[\"1\",null]},"
                                + "\"value\":{\"name\": \"Berta\", \"kg\": 600}}",
                        "{\"topic\":\"" + topic
                                + "\",\"partition\":0,\"offset\":1,\"timestamp\":5,\"keys\":\"plain\",\"headers\":{},\"value\":[1]}",
                        "{\"topic\":\"" + topic
                                + "\",\"partition\":0,\"offset\":2,\"timestamp\":5,\"keys\":null,\"headers\":{},\"value\":1.50}");
    }

    @Test
    void half_a_character_is_replaced_a_whole_one_stays() {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "{\"a\":\"\\udf31\"}");
        topics.send(topic, 0, "{\"a\":\"\\ud83c\\udf31\"}");
        topics.send(topic, 0, "{\"a\":\"\\ud83c\\udf31\\udf31 \\\\udf31\"}");

        assertThat(read(topic, Map.of("read_as", "value"), Map.of()).rows())
                .containsExactly(
                        "{\"a\":\"\\ufffd\"}",
                        "{\"a\":\"\\ud83c\\udf31\"}",
                        "{\"a\":\"\\ud83c\\udf31\\ufffd \\\\udf31\"}");
    }

    @Test
    void what_is_no_json_is_a_reject_with_topic_partition_offset_raw_key_and_value() {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "{\"a\":1}");
        topics.send(new ProducerRecord<>(topic, 0, 5L, new byte[] {1, (byte) 0xfe}, utf8("{\"incomplete\":")));
        topics.send(topic, 0, "{\"a\":2}");
        topics.send(tombstone(topic));
        topics.send(new ProducerRecord<>(topic, 0, 5L, null, new byte[] {'"', (byte) 0xff, '"'}));

        SourceReading.OfSplit split =
                read(topic, Map.of("read_as", "value"), Map.of()).splits().getFirst();

        assertThat(split.rows()).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(split.end().position().ordinal()).isEqualTo(5);
        assertThat(split.rejects()).hasSize(3);
        Reject broken = split.rejects().getFirst();
        assertThat(broken.where()).isEqualTo("topic " + topic + ", partition 0, offset 1");
        assertThat(broken.message()).startsWith("the value is no JSON");
        assertThat(new String(broken.raw(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"topic\":\"" + topic
                                + "\",\"partition\":0,\"offset\":1,\"timestamp\":5,\"key_base64\":\"Af4=\",\"value\":\"{\\\"incomplete\\\":\"}");
        assertThat(split.rejects().get(1).message()).contains("no value (a tombstone)");
        assertThat(new String(split.rejects().get(2).raw(), StandardCharsets.UTF_8))
                .contains("\"value_base64\":\"Iv8i\"");
    }

    @Test
    void a_message_that_was_kept_is_as_it_came() {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>("t", 3, 9L, utf8("k"), new byte[] {(byte) 0xc3, 0});
        message.headers().add("h", new byte[] {(byte) 0xff}).add("n", null);
        String topic = topics.make("herd", 1);
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, 0, 9L, message.key(), message.value());
        message.headers().forEach(header -> sent.headers().add(header));
        topics.send(sent);

        Reject kept =
                read(topic, Map.of(), Map.of()).splits().getFirst().rejects().getFirst();
        var again = KeptMessage.of(kept.raw());

        assertThat(again.topic()).isEqualTo(topic);
        assertThat(again.timestamp()).isEqualTo(9);
        assertThat(again.key().array()).isEqualTo(message.key());
        assertThat(again.value().array()).isEqualTo(message.value());
        assertThat(again.headers().lastHeader("h").value()).containsExactly(0xff);
        assertThat(again.headers().lastHeader("n").value()).isNull();
    }

    @Test
    void tombstones_are_records_where_they_are_wanted_and_keys_must_be_json_where_that_is_wanted() {
        String topic = topics.make("herd", 1);
        topics.send(tombstone(topic));
        topics.send(new ProducerRecord<>(topic, 0, 5L, utf8("1"), utf8("2")));

        assertThat(read(topic, Map.of("skip_message_empty_value", "false"), Map.of())
                        .rows())
                .hasSize(2)
                .first()
                .asString()
                .endsWith("\"keys\":\"k\",\"headers\":{},\"value\":null}");
        SourceReading.OfSplit strict = read(
                        topic,
                        Map.of("skip_message_empty_value", "false", "skip_message_invalid_keys", "true"),
                        Map.of())
                .splits()
                .getFirst();
        assertThat(strict.rows()).hasSize(1);
        assertThat(strict.rejects().getFirst().message()).startsWith("the key is no JSON");
    }

    @Test
    void text_is_a_json_string() {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "moo \"loud\"\n\u0001 é");
        topics.send(new ProducerRecord<>(topic, 0, null, new byte[] {(byte) 0xff}));

        SourceReading.OfSplit split = read(topic, Map.of("message_encoding", "text", "read_as", "value"), Map.of())
                .splits()
                .getFirst();

        assertThat(split.rows()).containsExactly("\"moo \\\"loud\\\"\\u000a\\u0001 é\"");
        assertThat(split.rejects().getFirst().message()).startsWith("the value is no text in UTF-8");
    }

    @Test
    void fields_are_columns_and_new_ones_are_added_beside_what_else_is_known_of_a_message() {
        String topic = topics.make("herd", 1);
        topics.send(new ProducerRecord<>(topic, 0, 1_000L, utf8("k1"), utf8("{\"id\":1,\"kafka_offset\":99}")));
        Map<String, Object> keys =
                Map.of("read_as", "columns", "metadata", List.of("key", "offset", "partition", "topic"));
        try (Source source = source(topic, keys)) {
            var planner = source.plan(new dev.wisent.api.source.ReadRequest(
                    STREAM,
                    SyncMode.INCREMENTAL,
                    dev.wisent.api.commit.GenerationView.EMPTY,
                    dev.wisent.api.StreamState.EMPTY,
                    java.util.Optional.empty()));
            assertThat(planner.schema().orElseThrow().toString()).contains("id", "kafka_key", "kafka_topic");
            planner.close();
        }
        try (Source source = source(topic, keys)) {
            topics.send(new ProducerRecord<>(topic, 0, 1_000L, null, utf8("{\"id\":2}")));
            assertThat(SourceReading.all(source, STREAM, SyncMode.INCREMENTAL).rows())
                    .containsExactly(
                            "{\"id\":1,\"kafka_offset\":0,\"kafka_key\":\"k1\",\"kafka_partition\":0,\"kafka_topic\":\""
                                    + topic + "\"}",
                            "{\"id\":2,\"kafka_offset\":1,\"kafka_key\":null,\"kafka_partition\":0,\"kafka_topic\":\""
                                    + topic + "\"}");
        }
    }

    @Test
    void a_gap_that_compaction_left_is_passed_and_the_next_run_goes_on_behind_it() {
        String topic = topics.make(
                "herd",
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", Integer.toString(1 << 20),
                        "min.cleanable.dirty.ratio", "0.0001",
                        "segment.ms", "100",
                        "delete.retention.ms", "0"));
        for (int i = 0; i < 20; i++) {
            topics.send(new ProducerRecord<>(topic, 0, null, utf8("k"), utf8(Integer.toString(i))));
        }
        Awaitility.await("the cleaner").atMost(Duration.ofSeconds(60)).until(() -> {
            // The segment that is written to is never cleaned: a later message begins the next one.
            topics.send(new ProducerRecord<>(topic, 0, null, utf8("k"), utf8("20")));
            return topics.read(topic).getFirst().offset() > 0;
        });

        SourceReading first = read(topic, Map.of("read_as", "value"), Map.of());
        topics.send(new ProducerRecord<>(topic, 0, null, utf8("k"), utf8("21")));
        SourceReading second = read(topic, Map.of("read_as", "value"), first.progress());

        assertThat(first.rows()).hasSizeLessThan(20).endsWith("20");
        assertThat(second.rows()).containsExactly("21");
    }

    @Test
    void where_messages_are_gone_that_were_not_read_yet_the_split_has_expired() throws Exception {
        String topic = topics.make("herd", 1);
        for (int i = 0; i < 10; i++) {
            topics.send(topic, 0, Integer.toString(i));
        }
        delete(topic, 3);
        assertThat(read(topic, Map.of("read_as", "value"), Map.of()).rows())
                .as("a log that was never read begins where it begins")
                .containsExactly("3", "4", "5", "6", "7", "8", "9");
        delete(topic, 6);

        try (Source source = source(topic, Map.of());
                SplitReader reader = source.reader(new ReaderContext(STREAM))) {
            Uuid id = topics.admin()
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId();
            Split split = new Window(id, topic, 0, 0, OptionalLong.empty()).split();
            reader.add(split, Position.at(4));
            Fetched fetched = polled(reader);
            assertThat(fetched).isInstanceOf(Fetched.Expired.class);
            assertThat(((Fetched.Expired) fetched).why()).contains("offset 4", "its log begins at 6");
        }
    }

    private void delete(String topic, long before) throws Exception {
        topics.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    private static Fetched polled(SplitReader reader) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> reader.poll(Duration.ofMillis(100)), fetched -> !(fetched instanceof Fetched.Idle));
    }

    @Test
    void a_topic_that_was_made_anew_is_read_from_its_beginning() {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "1");
        topics.send(topic, 0, "2");
        SourceReading first = read(topic, Map.of("read_as", "value"), Map.of());
        topics.delete(topic);
        Awaitility.await().ignoreExceptions().until(() -> {
            topics.makeNamed(topic, 1, Map.of());
            return true;
        });
        topics.send(topic, 0, "3");

        assertThat(read(topic, Map.of("read_as", "value"), first.progress()).rows())
                .containsExactly("3");
    }

    @Test
    void topics_by_a_pattern_are_all_read_and_partitions_that_come_later_from_their_beginning() {
        String stem = topics.make("flock", 1);
        String one = topics.make(stem + ".a", 1);
        String two = topics.make(stem + ".b", 1);
        topics.send(one, 0, "1");
        topics.send(two, 0, "2");
        Map<String, Object> keys = Map.of(
                "topics", List.of(Map.of("pattern", stem + "\\..*")), "read_as", "value", "start_from", "latest");
        Map<String, Object> all = Map.of("topics", List.of(Map.of("pattern", stem + "\\..*")), "read_as", "value");

        SourceReading first = read(one, all, Map.of());
        topics.grow(one, 2);
        topics.send(one, 1, "3");
        SourceReading second = read(one, all, first.progress());

        assertThat(first.rows()).containsExactlyInAnyOrder("1", "2");
        assertThat(second.rows()).containsExactly("3");
        assertThat(read(one, keys, Map.of()).rows()).as("from the end").isEmpty();
    }

    @Test
    void a_message_of_ten_megabytes_is_a_record() {
        String topic = topics.make("herd", 1, Map.of("max.message.bytes", Integer.toString(12 << 20)));
        String value = "\"" + "x".repeat(10 << 20) + "\"";
        topics.send(topic, 0, value);
        topics.send(topic, 0, "1");

        assertThat(read(topic, Map.of("read_as", "value"), Map.of()).rows()).containsExactly(value, "1");
    }

    @Test
    void whoever_logs_in_by_plain_or_scram_may_read() throws Exception {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "1");
        topics.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        "scram-user", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), "s3\"cret\\")))
                .all()
                .get();

        assertThat(read(topic, login("basic", KafkaBroker.USER, KafkaBroker.PASSWORD), Map.of())
                        .rows())
                .hasSize(1);
        assertThat(read(topic, login("scram-sha-512", "scram-user", "s3\"cret\\"), Map.of())
                        .rows())
                .hasSize(1);
    }

    private Map<String, Object> login(String type, String user, String password) {
        return Map.of(
                "bootstrap_servers", broker.saslServers(),
                "consumer_config", Map.of("security.protocol", "SASL_PLAINTEXT"),
                "authentication", Map.of("type", type, "params", Map.of("username", user, "password", password)));
    }

    @Test
    void a_topic_that_is_not_there_is_told() {
        try (Source source = source("nobody-made-this", Map.of())) {
            assertThatThrownBy(source::check)
                    .isInstanceOfSatisfying(
                            WisentException.class,
                            failure -> assertThat(failure.what()).isEqualTo("there is no topic 'nobody-made-this'"));
        }
    }

    @Test
    void committed_offsets_are_mirrored_to_the_group_and_nothing_is_read_from_it() throws Exception {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "1");
        topics.send(topic, 0, "2");
        String group = "watchers-of-" + topic;

        assertThat(read(topic, Map.of("group_id", group), Map.of()).rows()).hasSize(2);
        var offsets = topics.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        assertThat(offsets.get(new TopicPartition(topic, 0)).offset()).isEqualTo(2);

        assertThat(read(topic, Map.of("group_id", group), Map.of()).rows()).hasSize(2);
    }

    @Test
    void settings_that_would_lose_exactly_once_are_refused() {
        assertThatThrownBy(() -> source("t", Map.of("consumer_config", Map.of("enable.auto.commit", "true"))))
                .hasMessageContaining("set by Wisent");
        assertThatThrownBy(() -> source("t", Map.of("consumer_config", Map.of("fetch.min.byts", "1"))))
                .hasMessageContaining("no setting 'fetch.min.byts'");
        assertThatThrownBy(() -> source("t", Map.of("message_encoding", "debezium")))
                .hasMessageContaining("use json or avro, and unwrap: debezium");
    }
}
