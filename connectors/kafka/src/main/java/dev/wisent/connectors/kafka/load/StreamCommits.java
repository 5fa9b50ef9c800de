package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Decides the commits of one stream. Only the holder of the [Pen] writes, so what it read after it took it holds until
/// somebody else takes it, which its next transaction meets.
final class StreamCommits implements AutoCloseable {
    private final LoadOptions options;
    private final TopicNames names;
    private final Topics topics;
    private final Sessions sessions;
    private final ProgressLog log;
    private final HiddenTopics hidden;
    private Optional<Pen> pen = Optional.empty();

    StreamCommits(LoadOptions options, StreamId stream, Topics topics, Sessions sessions) {
        this.options = options;
        this.names = new TopicNames(options.pipeline(), stream, options.prefix());
        this.topics = topics;
        this.sessions = sessions;
        this.log = new ProgressLog(options, stream, topics);
        this.hidden = new HiddenTopics(options, names, topics);
    }

    synchronized ProgressView view() {
        return log.look().progress.view();
    }

    synchronized Standing standing() {
        return log.look();
    }

    synchronized CommitOutcome commit(Commit commit) {
        try {
            return decided(commit);
        } catch (KafkaException e) {
            drop();
            WisentException failure = KafkaFailure.of(e, Side.DESTINATION, options.client());
            if (failure.isTransient()) {
                return new CommitOutcome.Unknown(commit.head().n(), failure);
            }
            throw failure;
        } catch (WisentException e) {
            if (e.isTransient()) {
                drop();
                return new CommitOutcome.Unknown(commit.head().n(), e);
            }
            throw e;
        }
    }

    private CommitOutcome decided(Commit commit) {
        Standing standing = pen.isEmpty() ? log.look() : log.read();
        Decision decision = decide(standing, commit);
        if (decision instanceof Decision.Accept && (pen.isEmpty() || commit instanceof Commit.Claim)) {
            topics.makeProgress();
            drop();
            pen = Optional.of(Pen.take(options, names));
            standing = log.read();
            decision = decide(standing, commit);
        }
        return switch (decision) {
            case Decision.Already already -> {
                rollForward();
                yield ended(commit, new CommitOutcome.Committed(commit.head().n()));
            }
            case Decision.Refuse(String why) -> ended(commit, stale(standing, why));
            case Decision.Accept accept -> write(commit, standing);
        };
    }

    private Decision decide(Standing standing, Commit commit) {
        return standing.progress.decide(
                commit, fragment -> sessions.find(fragment.description()).isEmpty());
    }

    private CommitOutcome.Stale stale(Standing standing, String why) {
        return new CommitOutcome.Stale(standing.progress.view(), standing.progress.claimant(LaneId.FIRST), why);
    }

    /// Nobody asks for the rows again.
    private CommitOutcome ended(Commit commit, CommitOutcome outcome) {
        if (commit instanceof Commit.Data data) {
            data.fragments().forEach(fragment -> sessions.forget(fragment.description()));
        }
        return outcome;
    }

    private CommitOutcome write(Commit commit, Standing standing) {
        // Whoever had the pen before may not have come to the end of it.
        rollForward();
        if (commit instanceof Commit.Claim) {
            sessions.forgetBefore(commit.head().stream(), commit.head().n());
        }
        Map<TopicPartition, Long> outdated = outdated(commit, standing);
        ProgressRecord.Taken taken = new ProgressRecord.Taken(commit, outdated);
        List<ProducerRecord<byte[], byte[]>> progress = new ArrayList<>();
        long n = commit.head().n();
        if (n % ProgressRecord.BASE_EVERY == 0) {
            progress.add(ProgressRecord.of(
                    options.progressTopic(),
                    options.pipeline(),
                    commit.head().stream(),
                    new ProgressRecord.Base(n - 1, standing)));
        }
        progress.add(ProgressRecord.of(options.progressTopic(), options.pipeline(), taken));
        try {
            pen.orElseThrow().write(rows(commit, standing), progress);
        } catch (Pen.Failed failed) {
            return failed(commit, failed);
        }
        log.read();
        rollForward();
        return ended(commit, new CommitOutcome.Committed(commit.head().n()));
    }

    /// A transaction that failed before its end was asked for is not in: nobody will ask for it. For others the log tells, once
    /// what was open is ended; that is the repeated commit's to find out (R4).
    private CommitOutcome failed(Commit commit, Pen.Failed failed) {
        drop();
        RuntimeException cause = failed.getCause() instanceof RuntimeException told ? told : new KafkaException(failed);
        if (failed.isTaken()) {
            // The log is read to its end, behind what the other one had the brokers end.
            Standing standing = log.read();
            return switch (decide(standing, commit)) {
                case Decision.Already already -> {
                    rollForward();
                    yield ended(
                            commit, new CommitOutcome.Committed(commit.head().n()));
                }
                case Decision.Refuse(String why) -> ended(commit, stale(standing, why));
                case Decision.Accept accept ->
                    ended(commit, stale(standing, "another process has begun to write to this stream"));
            };
        }
        if (failed.isOpen()) {
            return new CommitOutcome.Unknown(commit.head().n(), cause);
        }
        throw cause;
    }

    private Consumer<Consumer<ProducerRecord<byte[], byte[]>>> rows(Commit commit, Standing standing) {
        return switch (commit) {
            case Commit.Data data ->
                to -> rowsOf(data).forEach(rows -> rows.messages().forEach(to));
            case Commit.Publish publish -> to -> hidden.read(standing.open(), publish.generation(), to);
            case Commit.Claim claim -> to -> {};
            case Commit.Begin begin -> to -> {};
            case Commit.Drop drop -> to -> {};
        };
    }

    private Set<Rows> rowsOf(Commit.Data data) {
        Set<Rows> rows = new HashSet<>();
        for (Fragment fragment : data.fragments()) {
            rows.add(sessions.find(fragment.description()).orElseThrow());
        }
        return rows;
    }

    /// What a publication takes the place of: all rows that are there, before its own come.
    private Map<TopicPartition, Long> outdated(Commit commit, Standing standing) {
        boolean replaces = commit instanceof Commit.Publish
                && standing.generation()
                        .filter(open -> open.generation().kind() == Generation.Kind.REPLACE)
                        .isPresent();
        if (!replaces) {
            return Map.of();
        }
        return topics.ends(
                topics.partitionsOf(standing.live().stream().map(names::live).toList()));
    }

    /// Finishes what the last commit began; again is harmless.
    private void rollForward() {
        Optional<ProgressRecord.Taken> last = log.last();
        if (last.isEmpty()) {
            return;
        }
        if (!last.get().outdated().isEmpty()) {
            topics.deleteBefore(last.get().outdated());
        }
        switch (last.get().commit()) {
            case Commit.Publish publish -> hidden.delete(publish.generation());
            case Commit.Drop drop -> hidden.delete(drop.generation());
            case Commit.Claim claim -> {}
            case Commit.Begin begin -> {}
            case Commit.Data data -> {}
        }
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

    synchronized void sweep() {
        Optional<GenerationId> open =
                log.look().generation().map(each -> each.generation().id());
        hidden.deleteAllBut(open);
    }

    private void drop() {
        pen.ifPresent(Pen::close);
        pen = Optional.empty();
    }

    @Override
    public synchronized void close() {
        drop();
        log.close();
    }
}
