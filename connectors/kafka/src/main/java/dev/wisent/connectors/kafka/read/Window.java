package dev.wisent.connectors.kafka.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.source.Split;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// A stretch of a partition: a split. Its id has the topic's id, the partition and the first offset, so it names the same
/// messages for ever.
///
/// @param from the first offset; 0: wherever the log begins
/// @param end the offset behind the last one; empty: it does not end
record Window(Uuid topicId, String topic, int partition, long from, OptionalLong end) {
    private static final String BETWEEN = ":";
    private static final String FIELDS = " ";
    private static final String OPEN = "-";

    /// What the id of a split says.
    record Name(Uuid topicId, int partition, long from) {
        /// Empty: no id of a window.
        static Optional<Name> of(SplitId id) {
            String[] parts = id.value().split(BETWEEN, -1);
            if (parts.length != 3) {
                return Optional.empty();
            }
            return Optional.of(
                    new Name(Uuid.fromString(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
        }
    }

    static Window of(Split split) {
        String[] fields = split.spec().split(FIELDS, -1);
        return new Window(
                Uuid.fromString(fields[0]),
                fields[1],
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                fields[4].equals(OPEN) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[4])));
    }

    SplitId id() {
        return new SplitId(topicId + BETWEEN + partition + BETWEEN + from);
    }

    Split split() {
        String until = end.isPresent() ? Long.toString(end.getAsLong()) : OPEN;
        return new Split(
                id(),
                label(),
                String.join(FIELDS, topicId.toString(), topic, Integer.toString(partition), Long.toString(from), until),
                OptionalLong.empty());
    }

    String label() {
        return "topic " + topic + ", partition " + partition;
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }
}
