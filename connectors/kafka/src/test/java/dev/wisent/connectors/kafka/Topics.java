package dev.wisent.connectors.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// What tests do to the topics of a broker, by the client's own means.
public final class Topics implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String servers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> unsent = new AtomicReference<>();

    public Topics(KafkaBroker broker) {
        this(broker.servers());
    }

    public Topics(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
        this.producer = producer(Map.of());
    }

    public Admin admin() {
        return admin;
    }

    /// A new topic of the test's own.
    public String make(String stem, int partitions) {
        return make(stem, partitions, Map.of());
    }

    public String make(String stem, int partitions, Map<String, String> configs) {
        String name = stem + "-" + COUNTER.incrementAndGet();
        makeNamed(name, partitions, configs);
        return name;
    }

    public void makeNamed(String name, int partitions, Map<String, String> configs) {
        done(() -> admin.createTopics(
                        List.of(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs)))
                .all()
                .get());
        // A producer that finds no leader yet may keep a batch until it is too old, and drop it.
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> ends(name, IsolationLevel.READ_UNCOMMITTED).size() == partitions);
    }

    public boolean isThere(String name) {
        AtomicReference<Set<String>> names = new AtomicReference<>(Set.of());
        done(() -> names.set(admin.listTopics().names().get()));
        return names.get().contains(name);
    }

    public void delete(String name) {
        done(() -> admin.deleteTopics(List.of(name)).all().get());
    }

    public void grow(String name, int partitions) {
        done(() -> admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                .all()
                .get());
    }

    public void mayLogInByScram(String user, String password) {
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            done(() -> admin.alterUserScramCredentials(List.of(
                            new UserScramCredentialUpsertion(user, new ScramCredentialInfo(mechanism, 4096), password)))
                    .all()
                    .get());
        }
    }

    /// Sent and acknowledged.
    public void send(String topic, int partition, String value) {
        send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }

    public void send(ProducerRecord<byte[], byte[]> message) {
        done(() -> producer.send(message).get());
    }

    /// Sent, but not waited for; see [#flush].
    public void sendSoon(ProducerRecord<byte[], byte[]> message) {
        producer.send(message, (sent, failure) -> {
            if (failure != null) {
                unsent.set(failure);
            }
        });
    }

    /// Waits until all that was sent is acknowledged.
    public void flush() {
        producer.flush();
        Exception failure = unsent.get();
        if (failure != null) {
            throw new IllegalStateException("a message was not sent", failure);
        }
    }

    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "0", "max.request.size", Integer.toString(12 << 20)));
        all.putAll(more);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Waits until the marks of all transactions that ended are written: brokers do it after the producer was answered.
    public void settle(String topic) {
        Awaitility.await()
                .until(() -> ends(topic, IsolationLevel.READ_COMMITTED)
                        .equals(ends(topic, IsolationLevel.READ_UNCOMMITTED)));
    }

    private Map<TopicPartition, Long> ends(String topic, IsolationLevel level) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(info -> asked.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked, new ListOffsetsOptions(level))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /// All committed messages of `topic`, partition by partition.
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(Set.copyOf(partitions));
            List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
            return messages;
        }
    }

    private interface Step {
        void run() throws ExecutionException, InterruptedException;
    }

    private static void done(Step step) {
        try {
            step.run();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
