package dev.wisent.connectors.kafka.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.kafka.Clients;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Asks the brokers which of the topics of a configuration there are, and where partitions end. Any thread.
final class TopicFinder implements AutoCloseable {
    /// Brokers that are there answer within milliseconds; those that start, within seconds.
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(15).toMillis();

    private final ReadOptions options;
    private final Admin admin;

    TopicFinder(ReadOptions options) {
        this.options = options;
        Map<String, Object> properties = options.client().properties("wisent-" + options.pipeline() + "-plan");
        properties.put("default.api.timeout.ms", Integer.toString(TIMEOUT_MILLIS));
        properties.put("request.timeout.ms", Integer.toString(TIMEOUT_MILLIS));
        try {
            this.admin = Clients.made(() -> Admin.create(properties));
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
    }

    /// The topics there are, by name.
    ///
    /// @throws WisentException when one that is named is missing, or a pattern matches none
    Map<String, Topic> topics() {
        Map<String, Topic> found = described(names());
        for (TopicChoice choice : options.topics()) {
            if (found.keySet().stream().noneMatch(choice::takes)) {
                throw missing(choice);
            }
        }
        return found;
    }

    private WisentException missing(TopicChoice choice) {
        String what = switch (choice.topic()) {
            case TopicChoice.Name.Exactly(String name) -> "there is no topic '" + name + "'";
            case TopicChoice.Name.Matching pattern -> "no topic matches " + choice;
        };
        return WisentException.of(ErrorCode.SOURCE_FAILED, what)
                .where(options.client().servers())
                .hint("names are case-sensitive; topics this user may not describe are not seen");
    }

    /// As far as they are there.
    Map<String, Topic> topicsNow() {
        return described(names());
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (options.hasPatterns()) {
            for (String name : answer(admin.listTopics().names())) {
                if (options.topics().stream().anyMatch(choice -> choice.takes(name))) {
                    names.add(name);
                }
            }
        }
        for (TopicChoice choice : options.topics()) {
            if (choice.topic() instanceof TopicChoice.Name.Exactly(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// Those of `names` that are there.
    Map<String, Topic> described(Set<String> names) {
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(names).topicNameValues();
        Map<String, Topic> found = new TreeMap<>();
        asked.forEach((name, future) -> {
            try {
                TopicDescription topic = answered(future);
                found.put(
                        name,
                        new Topic(name, topic.topicId(), topic.partitions().size()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw KafkaFailure.of(e, Side.SOURCE, options.client());
                }
            }
        });
        return found;
    }

    /// The offset behind the last message a reader of this isolation level may see, of all partitions of `topics`.
    Map<TopicPartition, Long> ends(Iterable<Topic> topics) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Topic topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        IsolationLevel level = switch (options.isolation()) {
            case READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
            case READ_UNCOMMITTED -> IsolationLevel.READ_UNCOMMITTED;
        };
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(admin.listOffsets(asked, new ListOffsetsOptions(level)).all())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /// Names of topics this user sees, to choose from.
    List<String> all() {
        return answer(admin.listTopics().names()).stream().sorted().toList();
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return answered(future);
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
    }

    private <T> T answered(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
