package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.OpenGeneration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the lanes of one stream share: where it stands, and its topics. Any thread.
final class StreamCommits implements AutoCloseable {
    private final LoadOptions options;
    private final TopicNames names;
    private final Topics topics;
    private final Sessions sessions;
    private final ProgressLog log;
    private final HiddenTopics hidden;
    private final Map<LaneId, LaneCommits> lanes = new ConcurrentHashMap<>();

    StreamCommits(LoadOptions options, StreamId stream, Topics topics, Sessions sessions) {
        this.options = options;
        this.names = new TopicNames(options.pipeline(), stream, options.prefix());
        this.topics = topics;
        this.sessions = sessions;
        this.log = new ProgressLog(options, stream, topics);
        this.hidden = new HiddenTopics(options, names, topics);
    }

    Standing.View view() {
        return log.look(Standing::view);
    }

    CommitOutcome commit(Commit commit) {
        return lanes.computeIfAbsent(
                        commit.head().lane(),
                        lane -> new LaneCommits(lane, options, names, topics, sessions, log, hidden))
                .commit(commit);
    }

    /// The topic rows of `target` are written to, made if it is missing.
    synchronized String topic(TargetId target, GenerationId generation, boolean isLive) {
        String live = names.live(target);
        topics.make(live, options.partitions(), Map.of());
        if (isLive) {
            return live;
        }
        String name = names.hidden(target, generation);
        topics.make(name, topics.partitions(live).orElse(options.partitions()), Map.of());
        return name;
    }

    /// Hidden topics are of the whole stream: who holds its first lane knows which are of use.
    void sweep(LaneId held) {
        if (held.equals(LaneId.FIRST)) {
            Optional<OpenGeneration> open = view().progress().open();
            hidden.deleteAllBut(open.map(each -> each.generation().id()));
        }
    }

    @Override
    public void close() {
        lanes.values().forEach(LaneCommits::close);
        log.close();
    }
}
