package dev.wisent.connectors.kafka.read;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.kafka.Clients;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Reads the windows of one worker with one consumer, that is told which partitions to read and from where. It fetches the
/// next answer of a broker while what came is handed on, and no more: beyond that the engine reads ahead.
final class PartitionReader implements SplitReader {
    /// After so long without a message the brokers are asked whether they are there: a client waits for ever.
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /// Where messages come one by one, they are fetched together: a request for each costs the broker and this process a core
    /// at some thousand messages a second.
    private static final Duration TOGETHER = Duration.ofMillis(5);
    /// Whoever gets more is not waited for.
    private static final int FEW = 200;
    /// Orders wait for it.
    private static final Duration SHORT = Duration.ofMillis(25);
    private static final Duration MIRROR = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ReadOptions options;
    private final SharedTopics shared;
    private final TopicWatch watch;
    private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore woken = new Semaphore(0);
    private final Map<SplitId, OpenPartition> open = new LinkedHashMap<>();
    /// Of all windows that were ever read here: the last acknowledgement may come after the end.
    private final Map<SplitId, Window> known = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> unmirrored = new HashMap<>();
    private long mirroredNanos = System.nanoTime();
    private final Set<SplitId> unsought = new HashSet<>();
    private long heardNanos = System.nanoTime();
    /// When the last messages came, if they were few.
    private OptionalLong fewNanos = OptionalLong.empty();
    private boolean changed;

    PartitionReader(ReadOptions options, SharedTopics shared, TopicWatch watch) {
        this.options = options;
        this.shared = shared;
        this.watch = watch;
        try {
            this.consumer = Consumers.open(options, "read");
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
    }

    @Override
    public void add(Split split, Position after) {
        OpenPartition partition = new OpenPartition(split, after);
        open.values().stream()
                .filter(other -> other.partition.equals(partition.partition) && !other.isOver())
                .forEach(this::end);
        open.put(split.id(), partition);
        known.put(split.id(), partition.window);
        unsought.add(split.id());
        changed = true;
        partition.endIfDone();
    }

    /// Its topic was deleted and made anew: what was not read is gone.
    private void end(OpenPartition outdated) {
        shared.warn("topic '" + outdated.window.topic()
                + "' was deleted and made anew while it was read: what was not read of the old one is lost");
        outdated.ends();
        changed = true;
    }

    @Override
    public void pause(SplitId split) {
        Optional.ofNullable(open.get(split)).ifPresent(OpenPartition::pause);
    }

    @Override
    public void resume(SplitId split) {
        Optional.ofNullable(open.get(split)).ifPresent(OpenPartition::resume);
    }

    @Override
    public void remove(SplitId split) {
        open.remove(split);
        changed = true;
    }

    @Override
    public Fetched poll(Duration wait) {
        try {
            Optional<Fetched> next = next();
            if (next.isEmpty()) {
                fetch(wait);
                next = next();
            }
            return next.orElseGet(Fetched.Idle::new);
        } catch (WakeupException wanted) {
            return new Fetched.Idle();
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
    }

    /// The client takes what the brokers answered, and keeps it. An answer that nobody took for 30 s would count as late: its
    /// connection is closed, made anew, and all of it is sent again.
    @Override
    public void keep() {
        if (consumer.assignment().isEmpty()) {
            return;
        }
        consumer.pause(consumer.assignment());
        try {
            consumer.poll(SHORT);
        } catch (KafkaException e) {
            // Who polls next meets it, too.
        }
    }

    /// Served in turn: what was served goes to the end.
    private Optional<Fetched> next() {
        Iterator<OpenPartition> partitions = open.values().iterator();
        while (partitions.hasNext()) {
            OpenPartition partition = partitions.next();
            Optional<Fetched> fetched = partition.take();
            if (fetched.isPresent()) {
                partitions.remove();
                if (partition.isOver()) {
                    changed = true;
                } else {
                    open.put(partition.id, partition);
                }
                return fetched;
            }
        }
        return Optional.empty();
    }

    private void fetch(Duration wait) {
        endOutdated();
        assign();
        mirror();
        List<OpenPartition> read =
                open.values().stream().filter(OpenPartition::isRead).toList();
        if (read.isEmpty()) {
            await(wait);
            return;
        }
        if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
            consumer.endOffsets(read.stream().map(each -> each.partition).toList(), ANSWER);
            heardNanos = System.nanoTime();
        }
        if (isTooSoon(wait)) {
            return;
        }
        ConsumerRecords<ByteBuffer, ByteBuffer> messages;
        try {
            messages = consumer.poll(wait);
        } catch (OffsetOutOfRangeException e) {
            seekAnew(e.offsetOutOfRangePartitions());
            return;
        }
        if (!messages.isEmpty()) {
            heardNanos = System.nanoTime();
            fewNanos = messages.count() < FEW ? OptionalLong.of(heardNanos) : OptionalLong.empty();
        }
        if (!messages.isEmpty()) {
            watch.messagesCame(read.stream().map(each -> each.window.topic()).collect(Collectors.toSet()));
            endOutdated();
        }
        long now = nowMicros();
        for (OpenPartition each : read) {
            if (each.isEnded()) {
                continue;
            }
            OffsetAndMetadata next = messages.nextOffsets().get(each.partition);
            if (next != null) {
                each.take(messages.records(each.partition), next.offset(), now);
            }
        }
        for (OpenPartition each : read) {
            if (each.isRead()) {
                each.take(List.of(), passed(each), now);
            }
            // As the answer said that brought the messages: nobody is asked.
            consumer.currentLag(each.partition).ifPresent(lag -> shared.lags().ends(each.window, passed(each) + lag));
        }
    }

    private void endOutdated() {
        open.values().stream()
                .filter(each -> !each.isEnded() && shared.isOutdated(each.window.topic(), each.window.topicId()))
                .toList()
                .forEach(this::end);
    }

    /// Waits for more to come together; whether it was woken before.
    private boolean isTooSoon(Duration wait) {
        if (fewNanos.isEmpty()) {
            return false;
        }
        long left = fewNanos.getAsLong() + TOGETHER.toNanos() - System.nanoTime();
        fewNanos = OptionalLong.empty();
        return left > 0 && await(Duration.ofNanos(Math.min(left, wait.toNanos())));
    }

    /// The client knows how far it is behind from the answers it got; before the first one it does not.
    @Override
    public boolean isCaughtUp() {
        return open.values().stream()
                .filter(each -> !each.isOver())
                .allMatch(each -> consumer.assignment().contains(each.partition)
                        && consumer.currentLag(each.partition).orElse(Long.MAX_VALUE) == 0);
    }

    /// Where the client stands where no message came: behind gaps. What came of others is kept whatever this meets, and the
    /// next poll meets it again.
    private long passed(OpenPartition partition) {
        try {
            return consumer.position(partition.partition, Duration.ZERO);
        } catch (KafkaException notNow) {
            return partition.position();
        }
    }

    /// Tells the client which partitions to read: those that are open and not over; of those it fetches from the ones that
    /// are not paused.
    private void assign() {
        if (changed) {
            Set<TopicPartition> wanted = new HashSet<>();
            open.values().stream().filter(each -> !each.isOver()).forEach(each -> wanted.add(each.partition));
            consumer.assign(wanted);
            for (OpenPartition each : open.values()) {
                if (unsought.remove(each.id) && wanted.contains(each.partition)) {
                    consumer.seek(each.partition, each.start);
                }
            }
            changed = false;
        }
        List<TopicPartition> silent = new ArrayList<>();
        List<TopicPartition> read = new ArrayList<>();
        open.values().stream()
                .filter(each -> consumer.assignment().contains(each.partition))
                .forEach(each -> (each.isRead() ? read : silent).add(each.partition));
        consumer.pause(silent);
        consumer.resume(read);
    }

    /// A log that was never read begins where it begins; of one that was read, messages are missing (R8), unless it is another
    /// topic's.
    private void seekAnew(Map<TopicPartition, Long> outOfRange) {
        watch.lookAgain(outOfRange.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
        endOutdated();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(outOfRange.keySet(), ANSWER);
        for (OpenPartition each : open.values()) {
            Long wanted = outOfRange.get(each.partition);
            Long first = beginnings.get(each.partition);
            if (wanted == null || first == null || each.isEnded()) {
                continue;
            }
            if (each.isAtBeginning()) {
                consumer.seek(each.partition, first);
            } else {
                each.expires(
                        "offset " + wanted + " of " + each.window.label() + " is not there any more: its log begins at "
                                + first + (wanted < first ? "" : " and ends before it"));
                changed = true;
            }
        }
    }

    /// Whether it was woken.
    private boolean await(Duration wait) {
        try {
            boolean wanted = woken.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            woken.drainPermits();
            return wanted;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private long nowMicros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /// Mirrors what is committed to the group, for whoever watches it; nothing is read from there.
    @Override
    public void committed(SplitId split, Position upTo) {
        Window window = known.get(split);
        if (window == null) {
            return;
        }
        shared.lags().committed(split, upTo.ordinal());
        if (options.group().isEmpty()) {
            return;
        }
        unmirrored.put(window.topicPartition(), new OffsetAndMetadata(upTo.ordinal()));
    }

    /// Now and then: the group is for people.
    private void mirror() {
        if (unmirrored.isEmpty() || System.nanoTime() - mirroredNanos < MIRROR.toNanos()) {
            return;
        }
        mirroredNanos = System.nanoTime();
        consumer.commitAsync(new HashMap<>(unmirrored), (offsets, failure) -> {
            if (failure != null) {
                notMirrored(failure);
            } else {
                offsets.forEach(unmirrored::remove);
            }
        });
    }

    /// Orders that came before have woken it, each once.
    private void mirrorLast() {
        while (!unmirrored.isEmpty()) {
            try {
                consumer.commitSync(unmirrored, ANSWER);
                unmirrored.clear();
            } catch (WakeupException wanted) {
                // Nothing comes any more that it could be wanted for.
            } catch (KafkaException e) {
                notMirrored(e);
                unmirrored.clear();
            }
        }
    }

    private void notMirrored(Exception failure) {
        shared.warn("the offsets of group '" + options.group().orElse("")
                + "', which are for monitoring only, could not be written: " + failure.getMessage());
    }

    @Override
    public void wakeUp() {
        woken.release();
        consumer.wakeup();
    }

    @Override
    public void close() {
        mirrorLast();
        try {
            Clients.close(consumer);
        } catch (WakeupException wanted) {
            Clients.close(consumer);
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.SOURCE, options.client());
        }
    }
}
