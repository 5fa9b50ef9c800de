package dev.wisent.connectors.kafka.queue;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.kafka.Clients;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topic of one job: makes it, proves that it keeps what was not loaded, frees what was. Any thread.
final class LaneTopic implements AutoCloseable {
    private static final String ANSWER_MILLIS = "20000";
    private static final Duration SPREADS = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_OF_JOB = 100;
    private static final int TAG_BYTES = 6;
    /// What brokers delete by themselves, unless told so: nothing that waits may go.
    private static final Map<String, String> KEEPS =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
    private static final String MOST = "max.message.bytes";

    private final QueueOptions options;
    private final String name;
    private final Admin admin;
    private volatile int mostBytes;
    private Uuid id = Uuid.ZERO_UUID;

    LaneTopic(QueueOptions options, String job) {
        this.options = options;
        this.name = options.topic() + "." + readable(job) + "-" + tag(job);
        this.admin = tried(() -> {
            Map<String, Object> all = options.client().properties("wisent-queue-topics");
            all.put("default.api.timeout.ms", ANSWER_MILLIS);
            all.put("request.timeout.ms", ANSWER_MILLIS);
            return Clients.made(() -> Admin.create(all));
        });
    }

    /// Job names hold what names of topics may not; the tag makes them different again.
    private static String readable(String job) {
        String name = job.replaceAll("[^A-Za-z0-9_-]", "-");
        return name.substring(0, Math.min(name.length(), MOST_OF_JOB));
    }

    private static String tag(String job) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    TopicPartition partition(int lane) {
        return new TopicPartition(name, lane);
    }

    /// The largest batch of messages the topic takes; 0 before [#prepare].
    int mostBytes() {
        return mostBytes;
    }

    String location() {
        return options.client().servers() + ", topic " + name;
    }

    /// Proves that there are brokers that let this user in.
    void check() {
        answer(admin.describeCluster().nodes());
    }

    /// Makes the topic, or gives the one that is there the partitions it lacks, and looks whether it keeps what waits.
    void prepare(int lanes) {
        if (describe().isEmpty()) {
            make(lanes);
        }
        TopicDescription found = described();
        if (found.partitions().size() < lanes) {
            grow(lanes);
        }
        id = found.topicId();
        Config config = config();
        KEEPS.forEach((key, wanted) -> {
            String is = value(config, key);
            if (!is.equals(wanted)) {
                throw WisentException.of(
                                ErrorCode.QUEUE_REFUSED,
                                "the topic has " + key + "=" + is
                                        + ": what waits there might be deleted before it is loaded")
                        .where(location())
                        .hint(
                                "set " + key + "=" + wanted
                                        + ", or delete the topic: Wisent makes it as it needs it, and frees what is loaded itself");
            }
        });
        mostBytes = Integer.parseInt(value(config, MOST));
    }

    private Optional<TopicDescription> describe() {
        try {
            return Optional.of(answered(Objects.requireNonNull(
                    admin.describeTopics(List.of(name)).topicNameValues().get(name))));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure(e);
        }
    }

    /// A broker may not have heard yet of a topic that another one made.
    private TopicDescription described() {
        long until = System.nanoTime() + SPREADS.toNanos();
        Optional<TopicDescription> found = describe();
        while (found.isEmpty()) {
            if (System.nanoTime() - until >= 0) {
                throw failure(new UnknownTopicOrPartitionException("topic " + name + ", which was just made"));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            found = describe();
        }
        return found.get();
    }

    private void make(int lanes) {
        try {
            answered(admin.createTopics(
                            List.of(new NewTopic(name, Optional.of(lanes), options.replication()).configs(KEEPS)))
                    .all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failure(e);
            }
        }
    }

    private void grow(int lanes) {
        try {
            answered(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(lanes)))
                    .all());
        } catch (ExecutionException e) {
            // The other half of the run may have done it.
            if (!(e.getCause() instanceof InvalidPartitionsException)
                    || described().partitions().size() < lanes) {
                throw failure(e);
            }
        }
    }

    private Config config() {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return Objects.requireNonNull(
                answer(admin.describeConfigs(List.of(topic)).all()).get(topic));
    }

    private static String value(Config config, String key) {
        var entry = config.get(key);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    /// Frees the brokers' disks of what is loaded: what stands in `lane` before `offset`.
    void free(int lane, long offset) {
        answer(admin.deleteRecords(Map.of(partition(lane), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    /// Fails if the topic is not the one it was: what waited there is gone.
    void isTheSame() {
        Optional<TopicDescription> now = describe();
        if (now.filter(topic -> topic.topicId().equals(id)).isEmpty()) {
            throw WisentException.of(ErrorCode.QUEUE_GAP, "the topic was deleted, and what waited there with it")
                    .where(location())
                    .hint("run the pipeline again: it extracts anew what is not in the destination");
        }
    }

    WisentException failure(Throwable e) {
        return KafkaFailure.of(e, Side.QUEUE, options.client());
    }

    /// `request`, with the client's failures in our words.
    <T> T tried(Supplier<T> request) {
        try {
            return request.get();
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return answered(future);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static <T> T answered(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
