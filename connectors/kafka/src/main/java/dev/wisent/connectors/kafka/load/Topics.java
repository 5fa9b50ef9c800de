package dev.wisent.connectors.kafka.load;

import dev.wisent.connectors.kafka.Clients;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes, looks at and deletes topics. Any thread.
final class Topics implements AutoCloseable {
    private static final String LARGEST_MESSAGE = Integer.toString(10 << 20);
    private static final Duration MOST = Duration.ofSeconds(30);

    private final LoadOptions options;
    private final Map<String, Integer> known = new ConcurrentHashMap<>();
    private Optional<Admin> admin = Optional.empty();

    Topics(LoadOptions options) {
        this.options = options;
    }

    private synchronized Admin admin() {
        if (admin.isEmpty()) {
            Map<String, Object> all =
                    new HashMap<>(options.client().properties("wisent-" + options.pipeline() + "-topics"));
            String answer = Long.toString(
                    Math.min(MOST.toMillis(), options.transactionTimeout().toMillis()));
            all.put("default.api.timeout.ms", answer);
            all.put("request.timeout.ms", answer);
            admin = Optional.of(Clients.made(() -> Admin.create(all)));
        }
        return admin.get();
    }

    /// Proves that there are brokers that let this user in.
    void check() {
        answer(admin().describeCluster().nodes());
        answer(admin().listTopics().names());
    }

    boolean exists(String topic) {
        return partitions(topic).isPresent();
    }

    Optional<Integer> partitions(String topic) {
        Integer count = known.get(topic);
        if (count != null) {
            return Optional.of(count);
        }
        try {
            TopicDescription description = answered(Objects.requireNonNull(
                    admin().describeTopics(List.of(topic)).topicNameValues().get(topic)));
            int found = description.partitions().size();
            known.put(topic, found);
            return Optional.of(found);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw KafkaFailure.of(e, Side.DESTINATION, options.client());
        }
    }

    void makeProgress() {
        make(options.progressTopic(), 1, Map.of("cleanup.policy", "compact", "max.message.bytes", LARGEST_MESSAGE));
    }

    /// @param partitions where it is not there yet
    void make(String topic, int partitions, Map<String, String> configs) {
        if (exists(topic)) {
            return;
        }
        try {
            Optional<Short> replication = options.replication();
            NewTopic wanted = new NewTopic(topic, Optional.of(partitions), replication).configs(configs);
            answered(admin().createTopics(List.of(wanted)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw KafkaFailure.of(e, Side.DESTINATION, options.client());
            }
        }
        known.put(topic, partitions);
    }

    /// Those that are there.
    void delete(Collection<String> topics) {
        for (String topic : topics) {
            known.remove(topic);
            try {
                answered(admin().deleteTopics(List.of(topic)).all());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw KafkaFailure.of(e, Side.DESTINATION, options.client());
                }
            }
        }
    }

    Set<String> names() {
        return answer(admin().listTopics().names());
    }

    /// Has the brokers end what these producers have open, and refuse what they send later.
    void fence(Collection<String> transactionalIds) {
        answer(admin().fenceProducers(transactionalIds).all());
    }

    /// Where the log of a partition ends: what is committed, or with transactions that are open.
    long end(TopicPartition partition, IsolationLevel level) {
        return answer(admin().listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                        .partitionResult(partition))
                .offset();
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(each -> asked.put(each, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(admin().listOffsets(asked).all()).forEach((each, info) -> ends.put(each, info.offset()));
        return ends;
    }

    /// The partitions of topics, as far as those are there.
    Set<TopicPartition> partitionsOf(Collection<String> topics) {
        Set<TopicPartition> all = new HashSet<>();
        for (String topic : topics) {
            int count = partitions(topic).orElse(0);
            for (int partition = 0; partition < count; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        }
        return all;
    }

    void deleteBefore(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, RecordsToDelete> asked = new HashMap<>();
        offsets.forEach((partition, offset) -> asked.put(partition, RecordsToDelete.beforeOffset(offset)));
        answer(admin().deleteRecords(asked).all());
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return answered(future);
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e, Side.DESTINATION, options.client());
        }
    }

    private static <T> T answered(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    @Override
    public synchronized void close() {
        admin.ifPresent(open -> open.close(Duration.ofSeconds(1)));
        admin = Optional.empty();
    }
}
