package dev.wisent.connectors.kafka.queue;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.connectors.kafka.Clients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/// Reads one partition, assigned and not subscribed to. It begins behind what was acknowledged without a gap: that is the
/// group's offset, and frees the brokers' disks.
/// Both are told from time to time and may be behind; what then comes again is known to the engine.
///
/// A consumer reads and answers only while it is polled. Where a destination is slow, the engine may ask once a minute: an
/// answer that nobody took within 30 s counts as late, so its connection is closed, made anew, and all of it is sent again. So
/// the consumer is polled in between, too.
final class KafkaLaneReader implements LaneReader {
    /// What the client holds ahead, unless one message is larger.
    private static final String FETCH_BYTES = Integer.toString(2 << 20);
    private static final long MOST_AROUND = 4;
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    /// Nobody polled for so long: it is looked after. Far less than an answer may take.
    private static final Duration LEFT = Duration.ofMillis(500);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    /// Whoever polls meanwhile waits for it.
    private static final Duration SHORT = Duration.ofMillis(25);

    private final QueueOptions options;
    private final LaneTopic topic;
    private final int lane;
    private final ScheduledExecutorService keeper;
    private final TopicPartition partition;
    private final Queue<ConsumerRecord<byte[], ByteBuffer>> fetched = new ArrayDeque<>();
    /// Delivered and not acknowledged.
    private final TreeSet<Long> open = new TreeSet<>();
    private volatile Optional<KafkaConsumer<byte[], ByteBuffer>> consumer = Optional.empty();
    private Optional<Future<?>> kept = Optional.empty();
    private long leftAt;
    private long next;
    private long told;
    private long tellAt;
    private long lookAt;

    /// @param keeper looks after it while nobody polls
    KafkaLaneReader(QueueOptions options, LaneTopic topic, int lane, ScheduledExecutorService keeper) {
        this.options = options;
        this.keeper = keeper;
        this.topic = topic;
        this.lane = lane;
        this.partition = topic.partition(lane);
    }

    @Override
    public synchronized Optional<Delivery> poll(Duration wait) {
        try {
            KafkaConsumer<byte[], ByteBuffer> from = consumer.isPresent() ? consumer.get() : begin();
            if (System.nanoTime() - tellAt >= 0) {
                tell(from);
            }
            if (fetched.isEmpty()) {
                from.poll(wait).forEach(fetched::add);
            }
            ConsumerRecord<byte[], ByteBuffer> record = fetched.poll();
            if (record == null) {
                look();
                return Optional.empty();
            }
            lookAt = System.nanoTime() + LOOK.toNanos();
            next = record.offset() + 1;
            open.add(record.offset());
            return Optional.of(delivery(record));
        } catch (WakeupException e) {
            return Optional.empty();
        } catch (OffsetOutOfRangeException e) {
            goOn(e);
            return Optional.empty();
        } catch (KafkaException e) {
            throw topic.failure(e);
        } finally {
            leftAt = System.nanoTime();
        }
    }

    /// Takes what the brokers answered; more is asked for when nothing of it is left.
    private synchronized void keep() {
        if (consumer.isEmpty() || System.nanoTime() - leftAt < LEFT.toNanos()) {
            return;
        }
        KafkaConsumer<byte[], ByteBuffer> from = consumer.get();
        List<TopicPartition> full = fetched.isEmpty() ? List.of() : List.of(partition);
        try {
            from.pause(full);
            from.poll(SHORT).forEach(fetched::add);
        } catch (KafkaException e) {
            // Who polls next meets it, too.
        } finally {
            from.resume(full);
        }
    }

    /// A message is given where the client received it, unless that is so much larger that it should not be kept for it.
    private static Delivery delivery(ConsumerRecord<byte[], ByteBuffer> record) {
        if (record.value() == null) {
            return new Delivery(record.offset(), new byte[0]);
        }
        Delivery where = new Delivery(record.offset(), record.value());
        boolean most =
                where.bytes().array().length <= MOST_AROUND * where.bytes().remaining();
        return most ? where : new Delivery(record.offset(), where.message());
    }

    private KafkaConsumer<byte[], ByteBuffer> begin() {
        Map<String, Object> all = options.client().properties("wisent-queue-load-" + lane);
        all.put("group.id", options.group());
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "none");
        all.put("allow.auto.create.topics", "false");
        all.put("fetch.max.bytes", FETCH_BYTES);
        all.put("max.partition.fetch.bytes", FETCH_BYTES);
        all.put("default.api.timeout.ms", Long.toString(ANSWER.toMillis()));
        KafkaConsumer<byte[], ByteBuffer> made =
                Clients.made(() -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteBufferDeserializer()));
        try {
            made.assign(List.of(partition));
            long first = Objects.requireNonNull(
                    made.beginningOffsets(Set.of(partition)).get(partition));
            long end = Objects.requireNonNull(made.endOffsets(Set.of(partition)).get(partition));
            OffsetAndMetadata group = made.committed(Set.of(partition)).get(partition);
            // A group's offset behind the end is that of an earlier topic of this name.
            next = group == null || group.offset() > end ? first : Math.max(first, group.offset());
            // Also shows now, and not in the middle of a run, whether we may.
            topic.free(lane, next);
            made.seek(partition, next);
        } catch (RuntimeException | Error e) {
            made.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
        told = next;
        tellAt = System.nanoTime() + TELL.toNanos();
        lookAt = System.nanoTime() + LOOK.toNanos();
        consumer = Optional.of(made);
        kept = Optional.of(keeper.scheduleWithFixedDelay(
                this::keep, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
        return made;
    }

    /// The log begins behind our place: another reader of this lane acknowledged what is gone, for the brokers free nothing
    /// else.
    private void goOn(OffsetOutOfRangeException lost) {
        KafkaConsumer<byte[], ByteBuffer> from = consumer.orElseThrow();
        long first = topic.tried(() ->
                Objects.requireNonNull(from.beginningOffsets(Set.of(partition)).get(partition)));
        if (first <= next) {
            throw WisentException.of(ErrorCode.QUEUE_GAP, "the topic lost messages it had taken")
                    .where(topic.location() + ", partition " + lane + ", offset " + next)
                    .hint("run the pipeline again: it extracts anew what is not in the destination")
                    .causedBy(lost);
        }
        next = first;
        from.seek(partition, first);
    }

    /// A topic that is deleted is silent for ever.
    private void look() {
        if (System.nanoTime() - lookAt >= 0) {
            topic.isTheSame();
            lookAt = System.nanoTime() + LOOK.toNanos();
        }
    }

    @Override
    public synchronized void acknowledge(long tag) {
        open.remove(tag);
    }

    /// Up to where everything is acknowledged.
    private long done() {
        return open.isEmpty() ? next : open.first();
    }

    private void tell(KafkaConsumer<byte[], ByteBuffer> by) {
        long done = done();
        tellAt = System.nanoTime() + TELL.toNanos();
        if (done <= told) {
            return;
        }
        by.commitSync(Map.of(partition, new OffsetAndMetadata(done)), ANSWER);
        topic.free(lane, done);
        told = done;
    }

    @Override
    public void wakeUp() {
        consumer.ifPresent(KafkaConsumer::wakeup);
    }

    @Override
    public void close() {
        wakeUp();
        closeNow();
    }

    private synchronized void closeNow() {
        kept.ifPresent(keeping -> keeping.cancel(false));
        kept = Optional.empty();
        consumer.ifPresent(last -> {
            try {
                // Takes the wake-up that nobody waited for.
                fetched.clear();
                last.poll(Duration.ZERO);
            } catch (KafkaException e) {
                // It is closed below, whatever it says.
            }
            try {
                tell(last);
            } catch (KafkaException | WisentException e) {
                // Not told: it comes again, and is known.
            }
            Clients.close(last);
        });
        consumer = Optional.empty();
    }
}
