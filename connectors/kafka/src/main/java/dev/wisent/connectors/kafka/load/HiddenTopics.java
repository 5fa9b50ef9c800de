package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.connectors.kafka.Clients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Where the messages of a generation are until it is published: in topics of their own, from which the publication copies
/// them in its transaction.
final class HiddenTopics {
    private static final Duration WAIT = Duration.ofMillis(50);

    private final LoadOptions options;
    private final TopicNames names;
    private final Topics topics;

    HiddenTopics(LoadOptions options, TopicNames names, Topics topics) {
        this.options = options;
        this.names = names;
        this.topics = topics;
    }

    /// Hands over every message of `targets`, as one for the topic people read.
    void read(Set<TargetId> targets, GenerationId generation, Consumer<ProducerRecord<byte[], byte[]>> to) {
        Map<String, String> live = new HashMap<>();
        targets.forEach(target -> live.put(names.hidden(target, generation), names.live(target)));
        Set<TopicPartition> partitions = topics.partitionsOf(live.keySet());
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = topics.ends(partitions);
        Map<String, Object> all =
                new HashMap<>(options.client().properties("wisent-" + options.pipeline() + "-publish"));
        all.put("isolation.level", "read_committed");
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.made(
                () -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()))) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(WAIT)) {
                    to.accept(new ProducerRecord<>(
                            live.get(message.topic()), message.partition(), message.key(), message.value()));
                }
            }
        }
    }

    void delete(GenerationId generation) {
        deleteWhere(found -> found.equals(generation));
    }

    void deleteAllBut(Optional<GenerationId> kept) {
        deleteWhere(found -> kept.filter(found::equals).isEmpty());
    }

    private void deleteWhere(Predicate<GenerationId> unwanted) {
        Collection<String> found = topics.names().stream()
                .filter(topic -> names.generation(topic).filter(unwanted).isPresent())
                .toList();
        topics.delete(List.copyOf(found));
    }
}
