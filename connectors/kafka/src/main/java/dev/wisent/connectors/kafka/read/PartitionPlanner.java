package dev.wisent.connectors.kafka.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// Names a window of each partition: up to where it ends now, or, in a stream, without end; a stream looks for new topics and
/// partitions again and again, which are read from their beginning.
final class PartitionPlanner implements Planner {
    /// How soon a new partition is found.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final ReadOptions options;
    private final ReadRequest request;
    private final SharedTopics shared;
    private final TopicFinder finder;
    private final Optional<Schema> schema;
    private final Set<SplitId> named = new HashSet<>();
    private Optional<CompletableFuture<Map<String, Topic>>> looking = Optional.empty();
    private long lookAt;
    private boolean begun;

    /// @param finder stays open
    PartitionPlanner(
            ReadOptions options, ReadRequest request, SharedTopics shared, TopicFinder finder, Decodings decodings) {
        this.options = options;
        this.request = request;
        this.shared = shared;
        this.finder = finder;
        this.schema = options.readAs() == ReadOptions.ReadAs.COLUMNS
                ? Optional.of(request.schema().orElseGet(() -> firstSchema(decodings)))
                : Optional.empty();
    }

    private Schema firstSchema(Decodings decodings) {
        Schema values = options.columns().schema().orElseGet(() -> SchemaSample.infer(options, finder, decodings));
        return options.columns().with(values);
    }

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    @Override
    public Optional<Schema> schema() {
        return schema;
    }

    @Override
    public PlanPage next(Duration wait) {
        if (!begun) {
            begun = true;
            lookAt = System.nanoTime() + LOOK.toNanos();
            return first();
        }
        return request.mode() == SyncMode.STREAM ? later() : new PlanPage.Complete();
    }

    private PlanPage first() {
        Map<String, Topic> topics = finder.topics();
        shared.are(topics.values());
        Windows windows =
                Windows.of(request.mode() == SyncMode.FULL_REFRESH ? GenerationView.EMPTY : request.progress());
        Map<TopicPartition, Long> ends = finder.ends(topics.values());
        List<Split> splits = new ArrayList<>();
        for (Topic topic : topics.values()) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                window(topic, partition, windows, ends).ifPresent(window -> splits.add(window.split()));
            }
        }
        splits.forEach(split -> plan(split, ends));
        warnOfStrangers(windows, topics);
        return new PlanPage.Splits(splits, windows.outdated());
    }

    private Optional<Window> window(Topic topic, int partition, Windows windows, Map<TopicPartition, Long> ends) {
        long end = ends.getOrDefault(new TopicPartition(topic.name(), partition), 0L);
        if (request.mode() == SyncMode.FULL_REFRESH) {
            return Optional.of(new Window(topic.id(), topic.name(), partition, 0, OptionalLong.of(end)));
        }
        boolean fromEnd = options.start() == ReadOptions.Start.LATEST && windows.isEmpty();
        return windows.next(
                topic,
                partition,
                fromEnd ? end : 0,
                request.mode() == SyncMode.STREAM ? OptionalLong.empty() : OptionalLong.of(end));
    }

    private void plan(Split split, Map<TopicPartition, Long> ends) {
        named.add(split.id());
        Long end = ends.get(Window.of(split).topicPartition());
        long committed = request.mode() == SyncMode.FULL_REFRESH
                ? 0
                : request.progress().position(split.id()).ordinal();
        shared.lags().planned(split, committed, end == null ? OptionalLong.empty() : OptionalLong.of(end));
    }

    private void warnOfStrangers(Windows windows, Map<String, Topic> topics) {
        Set<Uuid> ids = new HashSet<>();
        topics.values().forEach(topic -> ids.add(topic.id()));
        long gone = windows.strangers(ids);
        if (gone > 0) {
            shared.warn(gone
                    + " partitions that were read before belong to topics that are gone or were made anew: what had "
                    + "not been read of them is lost");
        }
    }

    /// In a stream: what has come since. A look that fails is repeated: readers tell when the brokers are gone.
    private PlanPage later() {
        if (looking.isEmpty()) {
            if (System.nanoTime() - lookAt >= 0) {
                looking = Optional.of(CompletableFuture.supplyAsync(
                        finder::topicsNow,
                        task -> Thread.ofVirtual().name("kafka-topics").start(task)));
            }
            return new PlanPage.NothingNew();
        }
        if (!looking.get().isDone()) {
            return new PlanPage.NothingNew();
        }
        CompletableFuture<Map<String, Topic>> done = looking.get();
        looking = Optional.empty();
        lookAt = System.nanoTime() + LOOK.toNanos();
        try {
            return added(done.join());
        } catch (CompletionException unanswered) {
            return new PlanPage.NothingNew();
        }
    }

    private PlanPage added(Map<String, Topic> topics) {
        shared.are(topics.values());
        Windows windows = Windows.of(request.progress());
        List<Split> splits = new ArrayList<>();
        for (Topic topic : topics.values()) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                if (isNamed(topic, partition)) {
                    continue;
                }
                windows.next(topic, partition, 0, OptionalLong.empty()).ifPresent(window -> splits.add(window.split()));
            }
        }
        splits.forEach(split -> plan(split, Map.of()));
        return splits.isEmpty() ? new PlanPage.NothingNew() : new PlanPage.Splits(splits, List.of());
    }

    private boolean isNamed(Topic topic, int partition) {
        return named.stream()
                .flatMap(id -> Window.Name.of(id).stream())
                .anyMatch(name -> name.topicId().equals(topic.id()) && name.partition() == partition);
    }

    @Override
    public List<String> warnings() {
        return shared.warnings();
    }

    @Override
    public void close() {
        looking.ifPresent(look -> look.cancel(true));
    }
}
