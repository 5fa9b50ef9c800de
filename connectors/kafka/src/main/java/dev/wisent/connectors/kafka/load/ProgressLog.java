package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.kafka.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the progress of one stream from its topic: what it knows, and what came since. The order of the log is the order of
/// the commits, whichever lane they are of. Any thread.
///
/// A [#look] shows what is committed. [#read] goes up to where the log ends, committed or not: it waits for transactions that
/// are being ended, and what it shows of a lane to whoever has its pen nobody takes back.
final class ProgressLog implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(10);

    private final LoadOptions options;
    private final StreamId stream;
    private final Topics topics;
    private final TopicPartition partition;
    /// Fair: who waits for a transaction to end lets go of it between two polls, for whoever ends that transaction.
    private final ReentrantLock lock = new ReentrantLock(true);

    private Optional<KafkaConsumer<byte[], byte[]>> consumer = Optional.empty();
    private Standing standing = Standing.nothing();
    /// Until the end is seen for the first time: commits, in their order, that a base may lack.
    private final List<ProgressRecord.Taken> kept = new ArrayList<>();

    private boolean seenToItsEnd;
    private Optional<ProgressRecord.Taken> last = Optional.empty();
    /// A commit was met behind a gap: a base has to follow.
    private boolean gap;

    ProgressLog(LoadOptions options, StreamId stream, Topics topics) {
        this.options = options;
        this.stream = stream;
        this.topics = topics;
        this.partition = new TopicPartition(options.progressTopic(), 0);
    }

    /// Where the stream stands, as far as it is committed: may be behind.
    ///
    /// @param then is given it, and keeps nothing of it; no other thread changes it meanwhile
    <T> T look(Function<Standing, T> then) {
        return read(IsolationLevel.READ_COMMITTED, then);
    }

    /// Where the stream stands, once every transaction that was begun before is ended.
    ///
    /// @param then as for [#look]
    <T> T read(Function<Standing, T> then) {
        return read(IsolationLevel.READ_UNCOMMITTED, then);
    }

    /// Whether a transaction is open, of this stream or of another one.
    boolean isHeldUp() {
        return topics.end(partition, IsolationLevel.READ_COMMITTED)
                < topics.end(partition, IsolationLevel.READ_UNCOMMITTED);
    }

    private <T> T read(IsolationLevel upTo, Function<Standing, T> then) {
        boolean isThere = isOpen() || topics.exists(options.progressTopic());
        long end = isThere ? topics.end(partition, upTo) : 0;
        long patience = System.nanoTime() + 2 * options.transactionTimeout().toNanos();
        while (true) {
            lock.lock();
            try {
                if (!isThere || isReadTo(end)) {
                    return then.apply(standing);
                }
            } finally {
                lock.unlock();
            }
            if (System.nanoTime() > patience) {
                throw new TimeoutException("the topic '" + options.progressTopic()
                        + "' is not readable to its end: a transaction is open for too long");
            }
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return consumer.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /// Reads on, a little.
    private boolean isReadTo(long end) {
        if (consumer.isEmpty()) {
            consumer = Optional.of(open());
        }
        KafkaConsumer<byte[], byte[]> from = consumer.get();
        if (from.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : from.poll(WAIT)) {
                ProgressRecord.of(options.pipeline(), stream, record).ifPresent(this::take);
            }
        }
        if (from.position(partition) < end) {
            return false;
        }
        if (gap) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_CORRUPT,
                            "commits are missing in the topic '" + options.progressTopic() + "'")
                    .hint("was something deleted from it? Its cleanup.policy has to be compact, not delete");
        }
        seenToItsEnd = true;
        kept.clear();
        return true;
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
        switch (record) {
            case ProgressRecord.Base base -> rest(base);
            case ProgressRecord.Taken taken -> {
                if (!seenToItsEnd) {
                    kept.add(taken);
                }
                take(taken);
            }
        }
    }

    private void take(ProgressRecord.Taken taken) {
        Head head = taken.commit().head();
        long now = standing.progress.last(head.lane());
        if (head.n() == now + 1) {
            standing.apply(taken.commit());
        } else if (head.n() > now + 1) {
            gap = true;
        }
        if (head.lane().equals(LaneId.FIRST) && head.n() >= now) {
            last = Optional.of(taken);
        }
    }

    /// What compaction left of the commits before a base is not enough; a base holds them. It lacks those that other lanes
    /// wrote while it was on its way.
    private void rest(ProgressRecord.Base base) {
        kept.removeIf(taken -> {
            Head head = taken.commit().head();
            return head.n() <= base.standing().progress.last(head.lane());
        });
        if (standing.isBehind(base.standing())) {
            standing = base.standing();
            gap = false;
            kept.forEach(this::take);
        }
    }

    /// The last commit of the first lane, which may not be rolled forward.
    Optional<ProgressRecord.Taken> last() {
        lock.lock();
        try {
            return last.filter(taken -> taken.commit().head().n() == standing.progress.last(LaneId.FIRST));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            consumer.ifPresent(Clients::close);
            consumer = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
