package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.kafka.Clients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the progress of one stream from its topic: what it knows, and what came since. One thread at a time.
///
/// A [#look] shows what is committed. [#read] goes up to where the log ends, committed or not: it waits for transactions that
/// are being ended, and what it shows to whoever has the pen nobody takes back.
final class ProgressLog implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(50);

    private final LoadOptions options;
    private final StreamId stream;
    private final Topics topics;
    private final TopicPartition partition;
    private Optional<KafkaConsumer<byte[], byte[]>> consumer = Optional.empty();
    private Standing standing = Standing.nothing();
    private Optional<ProgressRecord.Taken> last = Optional.empty();
    /// The first commit that was met behind a gap: a base has to follow.
    private boolean gap;

    ProgressLog(LoadOptions options, StreamId stream, Topics topics) {
        this.options = options;
        this.stream = stream;
        this.topics = topics;
        this.partition = new TopicPartition(options.progressTopic(), 0);
    }

    /// Where the stream stands, as far as it is committed: may be behind.
    Standing look() {
        return read(IsolationLevel.READ_COMMITTED);
    }

    /// Where the stream stands, once every transaction that was begun before is ended.
    Standing read() {
        return read(IsolationLevel.READ_UNCOMMITTED);
    }

    private Standing read(IsolationLevel upTo) {
        if (consumer.isEmpty()) {
            if (!topics.exists(options.progressTopic())) {
                return standing;
            }
            consumer = Optional.of(open());
        }
        KafkaConsumer<byte[], byte[]> from = consumer.get();
        long end = topics.end(partition, upTo);
        long patience = System.nanoTime() + 2 * options.transactionTimeout().toNanos();
        while (from.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : from.poll(WAIT)) {
                ProgressRecord.of(options.pipeline(), stream, record).ifPresent(this::take);
            }
            if (System.nanoTime() > patience) {
                throw new TimeoutException("the topic '" + options.progressTopic()
                        + "' is not readable to its end: a transaction is open for too long");
            }
        }
        if (gap) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_CORRUPT,
                            "commits are missing in the topic '" + options.progressTopic() + "'")
                    .hint("was something deleted from it? Its cleanup.policy has to be compact, not delete");
        }
        return standing;
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Map<String, Object> all =
                new HashMap<>(options.client().properties("wisent-" + options.pipeline() + "-progress"));
        all.put("isolation.level", "read_committed");
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "earliest");
        all.put("allow.auto.create.topics", "false");
        KafkaConsumer<byte[], byte[]> made =
                Clients.made(() -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        made.assign(List.of(partition));
        made.seekToBeginning(List.of(partition));
        return made;
    }

    private void take(ProgressRecord record) {
        long now = standing.progress.last(LaneId.FIRST);
        switch (record) {
            case ProgressRecord.Base base -> {
                if (base.number() >= now) {
                    standing = base.standing();
                    gap = false;
                }
            }
            case ProgressRecord.Taken taken -> {
                long n = taken.commit().head().n();
                if (n == now + 1) {
                    standing.apply(taken.commit());
                    last = Optional.of(taken);
                } else if (n > now + 1) {
                    gap = true;
                } else if (n == now) {
                    last = Optional.of(taken);
                }
            }
        }
    }

    /// The last commit, which may not be rolled forward.
    Optional<ProgressRecord.Taken> last() {
        return last.filter(taken -> taken.commit().head().n() == standing.progress.last(LaneId.FIRST));
    }

    @Override
    public void close() {
        consumer.ifPresent(Clients::close);
        consumer = Optional.empty();
    }
}
