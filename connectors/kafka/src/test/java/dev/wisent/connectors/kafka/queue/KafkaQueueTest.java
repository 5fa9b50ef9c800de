package dev.wisent.connectors.kafka.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.connectors.kafka.ClientOptions;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.testkit.QueueContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaQueueTest extends QueueContract {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final Duration WAIT = Duration.ofMillis(100);

    private final String name = "queue-test" + TESTS.incrementAndGet();

    @Override
    protected MessageQueue open() {
        return new KafkaHandle(options(name)).open(new QueueRequest("job/of a test", 2));
    }

    private static QueueOptions options(String name) {
        return options(name, KafkaBroker.shared().servers(), Map.of());
    }

    private static QueueOptions options(String name, String servers, Map<String, String> security) {
        return new QueueOptions(new ClientOptions(servers, security), name, Optional.empty(), "group-" + name);
    }

    @Test
    void what_is_acknowledged_is_the_groups_offset_and_leaves_the_brokers() throws Exception {
        try (MessageQueue queue = open();
                Admin admin = admin()) {
            for (int i = 0; i < 5; i++) {
                queue.publish(0, new byte[] {(byte) i});
            }
            try (LaneReader reader = queue.read(0)) {
                for (int i = 0; i < 5; i++) {
                    LaneReader.Delivery taken = next(reader);
                    if (i != 3) {
                        reader.acknowledge(taken.tag());
                    }
                }
            }
            TopicPartition lane = new TopicPartition(topic(admin), 0);
            assertThat(admin.listOffsets(Map.of(lane, OffsetSpec.earliest()))
                            .partitionResult(lane)
                            .get()
                            .offset())
                    .isEqualTo(3);
            assertThat(admin.listConsumerGroupOffsets("group-" + name)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(lane)
                            .offset())
                    .isEqualTo(3);
        }
    }

    @Test
    void who_keeps_a_small_message_does_not_keep_all_that_came_with_it() {
        try (MessageQueue queue = open();
                LaneReader reader = queue.read(0)) {
            for (int i = 0; i < 50; i++) {
                queue.publish(0, new byte[1_000]);
            }
            queue.publish(0, new byte[500_000]);

            for (int i = 0; i < 50; i++) {
                assertThat(next(reader).bytes().array().length).isLessThanOrEqualTo(4_000);
            }
            assertThat(next(reader).bytes().remaining()).isEqualTo(500_000);
        }
    }

    @Test
    void a_topic_with_fewer_partitions_gets_what_it_lacks_and_parts_are_as_long_as_it_allows() throws Exception {
        try (Admin admin = admin();
                MessageQueue more = new KafkaHandle(options(name)).open(new QueueRequest("job/of a test", 5))) {
            more.publish(4, new byte[] {1});
            try (LaneReader reader = more.read(4)) {
                assertThat(next(reader).message()).containsExactly(1);
            }
            alter(admin, "max.message.bytes", "20000");
            try (MessageQueue small = open()) {
                assertThat(small.mostBytes()).isBetween(10_000, 20_000);
                small.publish(1, new byte[small.mostBytes()]);
            }
        }
    }

    @Test
    void a_topic_that_deletes_what_was_not_loaded_is_refused() throws Exception {
        try (Admin admin = admin()) {
            alter(admin, "retention.ms", "1000");
        }
        assertThatThrownBy(this::open).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_REFUSED);
            assertThat(e.getMessage()).contains("retention.ms=1000");
            assertThat(e.isTransient()).isFalse();
        });
    }

    @Test
    void a_topic_that_is_made_anew_in_the_middle_is_a_gap_and_no_silence() throws Exception {
        try (MessageQueue queue = open();
                LaneReader reader = queue.read(0);
                Admin admin = admin()) {
            queue.publish(0, new byte[] {1});
            queue.publish(0, new byte[] {2});
            next(reader);
            admin.deleteTopics(List.of(topic(admin))).all().get();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(topics(admin)).as("topics that are left").isEmpty());
            open().close();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThatThrownBy(() -> reader.poll(WAIT))
                            .isInstanceOfSatisfying(
                                    WisentException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_GAP)));
        }
    }

    /// As where the destination takes its time with each message, but without asking twice.
    @Test
    void a_reader_that_is_asked_less_often_than_answers_may_take_gets_every_message() {
        QueueOptions hasty = options(name, KafkaBroker.shared().servers(), Map.of("request.timeout.ms", "1000"));
        try (MessageQueue queue = new KafkaHandle(hasty).open(new QueueRequest("job/of a test", 2));
                LaneReader reader = queue.read(0)) {
            for (int i = 0; i < 5; i++) {
                queue.publish(0, new byte[900_000]);
            }
            next(reader);
            AtomicInteger taken = new AtomicInteger(1);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        while (reader.poll(Duration.ZERO).isPresent()) {
                            taken.incrementAndGet();
                        }
                        return taken.get() == 5;
                    });
        }
    }

    @Test
    void who_logs_in_is_let_in_and_a_wrong_password_is_told_and_never_shown() {
        new KafkaHandle(options(name, KafkaBroker.shared().saslServers(), login(KafkaBroker.PASSWORD))).check();

        KafkaHandle wrong = new KafkaHandle(options(name, KafkaBroker.shared().saslServers(), login("s3cret")));
        assertThatThrownBy(wrong::check).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNREACHABLE);
            assertThat(e.isTransient()).isFalse();
            assertThat(e.toString()).doesNotContain("s3cret");
        });
    }

    private static Map<String, String> login(String password) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + KafkaBroker.USER
                        + "\" password=\"" + password.replace("\"", "\\\"") + "\";");
    }

    private static LaneReader.Delivery next(LaneReader reader) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> reader.poll(WAIT), Optional::isPresent)
                .orElseThrow();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", KafkaBroker.shared().servers()));
    }

    private Set<String> topics(Admin admin) throws Exception {
        Set<String> names = admin.listTopics().names().get();
        names.removeIf(topic -> !topic.startsWith(name + "."));
        return names;
    }

    private String topic(Admin admin) throws Exception {
        return topics(admin).iterator().next();
    }

    /// Done when the broker tells it, which is after it has taken it.
    private void alter(Admin admin, String key, String value) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, topic(admin));
        admin.incrementalAlterConfigs(Map.of(
                        topic, List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        Awaitility.await()
                .until(
                        () -> admin.describeConfigs(List.of(topic))
                                .all()
                                .get()
                                .get(topic)
                                .get(key)
                                .value(),
                        value::equals);
    }
}
