package dev.wisent.connectors.kafka.load;

import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/// Exactly once into topics: see the package.
final class KafkaDestination implements Destination {
    /// Splits are spread over so many transactions at most; the number stays the same, so that a split stays in its lane.
    static final int LANES = 4;

    private final LoadOptions options;
    private final Topics topics;
    private final Sessions sessions = new Sessions();
    private final Map<StreamId, StreamCommits> streams = new ConcurrentHashMap<>();

    KafkaDestination(LoadOptions options) {
        this.options = options;
        this.topics = new Topics(options);
    }

    private StreamCommits of(StreamId stream) {
        return streams.computeIfAbsent(stream, each -> new StreamCommits(options, each, topics, sessions));
    }

    private <T> T told(Supplier<T> step) {
        try {
            return step.get();
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, Side.DESTINATION, options.client());
        }
    }

    @Override
    public void check() {
        told(() -> {
            topics.check();
            return new TopicNames(options.pipeline(), new StreamId("check"), options.prefix()).live(options.target());
        });
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Capabilities.Guarantee.EXACTLY_ONCE,
                Fragment.Kind.SESSION,
                LANES,
                Capabilities.Processes.MANY,
                Set.of(Commit.Mode.APPEND),
                Capabilities.Widenings.ANY);
    }

    @Override
    public ProgressView progress(StreamId stream) {
        return told(() -> of(stream).view().progress());
    }

    @Override
    public LaneWriter open(WriteRequest request) {
        StreamCommits commits = of(request.stream());
        boolean isLive = told(() -> commits.view().isLive(request.generation()));
        return new RowsWriter(
                () -> sessions.begin(request, isLive),
                target -> told(() -> commits.topic(target, request.generation(), isLive)),
                request.primaryKey().isEmpty() ? options.key() : request.primaryKey());
    }

    @Override
    public CommitOutcome commit(Commit commit) {
        return of(commit.head().stream()).commit(commit);
    }

    @Override
    public void sweep(Commit.Claim held) {
        told(() -> {
            of(held.head().stream()).sweep(held.head().lane());
            return true;
        });
    }

    @Override
    public String location(StreamId stream) {
        return options.client().servers() + ", topic " + options.prefix()
                + options.target().name();
    }

    @Override
    public void close() {
        streams.values().forEach(StreamCommits::close);
        topics.close();
    }
}
