package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.ProgressJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/// A record in the topic of the progress: a commit, or a base that holds all commits before it. A commit's key is one of a
/// ring, so that compaction takes it when a base has long replaced it.
///
/// Each lane has a ring of its own, and a base, which holds what was committed when its writer read the log: commits of other
/// lanes that are older in the log may be missing in it. They are in their rings, as their lanes write bases too.
sealed interface ProgressRecord {
    /// @param outdated in live topics, where the rows begin that stay: those before are deleted
    record Taken(Commit commit, Map<TopicPartition, Long> outdated) implements ProgressRecord {}

    record Base(Standing standing) implements ProgressRecord {}

    /// A base comes after so many commits of a lane.
    int BASE_EVERY = 100;
    /// Twice as many: commits since the last base are never overwritten.
    int RING = 2 * BASE_EVERY;

    String KIND = "kind";
    String NUMBER = "n";
    String LIVE = "live";
    String OPEN = "open";
    String OUTDATED = "outdated";
    String COMMIT = "commit";
    String BASE = "base";
    String BETWEEN = "\n";

    private static String prefix(String pipeline, StreamId stream) {
        return pipeline + BETWEEN + stream.name() + BETWEEN;
    }

    private static byte[] key(String pipeline, StreamId stream, LaneId lane, Object name) {
        return utf8(prefix(pipeline, stream) + (lane.equals(LaneId.FIRST) ? "" : lane + "/") + name);
    }

    static ProducerRecord<byte[], byte[]> of(String topic, String pipeline, Taken taken) {
        Head head = taken.commit().head();
        long n = head.n();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, 0, key(pipeline, head.stream(), head.lane(), n % RING), utf8(CommitJson.text(taken.commit())));
        record.headers().add(KIND, utf8(COMMIT)).add(NUMBER, utf8(Long.toString(n)));
        if (!taken.outdated().isEmpty()) {
            record.headers().add(OUTDATED, utf8(offsets(taken.outdated())));
        }
        return record;
    }

    /// @param by the commit it comes before
    static ProducerRecord<byte[], byte[]> of(String topic, String pipeline, Head by, Base base) {
        Standing standing = base.standing();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, 0, key(pipeline, by.stream(), by.lane(), BASE), utf8(ProgressJson.text(standing.progress)));
        Standing.View view = standing.view();
        record.headers()
                .add(KIND, utf8(BASE))
                .add(NUMBER, utf8(Long.toString(by.n() - 1)))
                .add(LIVE, utf8(names(view.live())))
                .add(OPEN, utf8(names(view.open())));
        return record;
    }

    /// Empty: it is of another stream.
    static Optional<ProgressRecord> of(String pipeline, StreamId stream, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || !text(record.key()).startsWith(prefix(pipeline, stream))) {
            return Optional.empty();
        }
        String value = text(record.value());
        return Optional.of(
                header(record, KIND).equals(BASE)
                        ? new Base(new Standing(
                                ProgressJson.parse(value),
                                targets(header(record, LIVE)),
                                targets(header(record, OPEN))))
                        : new Taken(CommitJson.parse(value), offsets(header(record, OUTDATED))));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String names(Collection<TargetId> targets) {
        return targets.stream().map(TargetId::name).collect(Collectors.joining(BETWEEN));
    }

    private static LinkedHashSet<TargetId> targets(String names) {
        return names.lines().map(TargetId::new).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String offsets(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .map(each -> each.getKey().topic() + " " + each.getKey().partition() + " " + each.getValue())
                .collect(Collectors.joining(BETWEEN));
    }

    private static Map<TopicPartition, Long> offsets(String lines) {
        Map<TopicPartition, Long> offsets = new java.util.HashMap<>();
        lines.lines().forEach(line -> {
            String[] parts = line.split(" ", -1);
            offsets.put(new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]));
        });
        return offsets;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
