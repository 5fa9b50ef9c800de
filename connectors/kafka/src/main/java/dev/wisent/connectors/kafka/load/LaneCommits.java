package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Role;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.kafka.KafkaFailure;
import dev.wisent.connectors.kafka.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Decides the commits of one lane. Only the holder of the [Pen] writes, so what it read of its lane after it took it holds
/// until somebody else takes it, which its next transaction meets. Any thread, one commit at a time.
final class LaneCommits implements AutoCloseable {
    private final LaneId lane;
    private final LoadOptions options;
    private final TopicNames names;
    private final Topics topics;
    private final Sessions sessions;
    private final ProgressLog log;
    private final HiddenTopics hidden;
    private Optional<Pen> pen = Optional.empty();

    LaneCommits(
            LaneId lane,
            LoadOptions options,
            TopicNames names,
            Topics topics,
            Sessions sessions,
            ProgressLog log,
            HiddenTopics hidden) {
        this.lane = lane;
        this.options = options;
        this.names = names;
        this.topics = topics;
        this.sessions = sessions;
        this.log = log;
        this.hidden = hidden;
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

    /// @param base goes before the commit, every so often
    private record Answer(Decision decision, Standing.View standing, Optional<ProducerRecord<byte[], byte[]>> base) {}

    private CommitOutcome decided(Commit commit) {
        Answer answer = pen.isEmpty() ? log.look(at -> decide(at, commit)) : log.read(at -> decide(at, commit));
        if (answer.decision() instanceof Decision.Accept && (pen.isEmpty() || commit instanceof Commit.Claim)) {
            topics.makeProgress();
            drop();
            pen = Optional.of(Pen.take(options, names, lane));
            endOthers(commit);
            answer = log.read(at -> decide(at, commit));
        }
        return switch (answer.decision()) {
            case Decision.Already already -> committed(commit);
            case Decision.Refuse(String why) -> ended(commit, stale(answer.standing(), why));
            case Decision.Accept accept -> write(commit, answer);
        };
    }

    /// A run claims all lanes, the first one first. What a dead one left open in the others would have it wait for the brokers
    /// to give that up.
    private void endOthers(Commit commit) {
        boolean takesAll = lane.equals(LaneId.FIRST)
                && commit instanceof Commit.Claim claim
                && claim.by().role() == Role.READ;
        if (takesAll && log.isHeldUp()) {
            topics.fence(IntStream.range(1, KafkaDestination.LANES)
                    .mapToObj(LaneId::new)
                    .map(names::transactionalId)
                    .toList());
        }
    }

    private CommitOutcome committed(Commit commit) {
        rollForward();
        return ended(commit, new CommitOutcome.Committed(commit.head().n()));
    }

    private Answer decide(Standing at, Commit commit) {
        Decision decision = at.progress.decide(
                commit, fragment -> sessions.find(fragment.description()).isEmpty());
        Standing.View view = at.view();
        if (decision instanceof Decision.Accept && commit instanceof Commit.Data data && areElsewhere(data, view)) {
            decision = new Decision.Refuse("generation " + data.generation() + " was published meanwhile");
        }
        Head head = commit.head();
        boolean needsBase = decision instanceof Decision.Accept && head.n() % ProgressRecord.BASE_EVERY == 0;
        return new Answer(
                decision,
                view,
                needsBase
                        ? Optional.of(ProgressRecord.of(
                                options.progressTopic(), options.pipeline(), head, new ProgressRecord.Base(at)))
                        : Optional.empty());
    }

    /// Whether rows were made for hidden topics of what people see now.
    private boolean areElsewhere(Commit.Data data, Standing.View standing) {
        boolean isLive = standing.isLive(data.generation());
        return rowsOf(data).stream().anyMatch(rows -> rows.isLive != isLive);
    }

    private CommitOutcome.Stale stale(Standing.View standing, String why) {
        return new CommitOutcome.Stale(standing.progress(), standing.claimant(lane), why);
    }

    /// Nobody asks for the rows again.
    private CommitOutcome ended(Commit commit, CommitOutcome outcome) {
        if (commit instanceof Commit.Data data) {
            data.fragments().forEach(fragment -> sessions.forget(fragment.description()));
        }
        return outcome;
    }

    private CommitOutcome write(Commit commit, Answer answer) {
        // Whoever had the pen before may not have come to the end of it.
        rollForward();
        if (commit instanceof Commit.Claim) {
            sessions.forgetBefore(commit.head());
        }
        Standing.View standing = answer.standing();
        List<ProducerRecord<byte[], byte[]>> progress = new ArrayList<>();
        answer.base().ifPresent(progress::add);
        progress.add(ProgressRecord.of(
                options.progressTopic(),
                options.pipeline(),
                new ProgressRecord.Taken(commit, outdated(commit, standing))));
        try {
            pen.orElseThrow().write(rows(commit, standing), progress);
        } catch (Pen.Failed failed) {
            return failed(commit, failed);
        }
        log.read(Standing::view);
        return committed(commit);
    }

    /// A transaction that failed before its end was asked for is not in: nobody will ask for it. For others the log tells, once
    /// what was open is ended; that is the repeated commit's to find out (R4).
    private CommitOutcome failed(Commit commit, Pen.Failed failed) {
        drop();
        RuntimeException cause = failed.getCause() instanceof RuntimeException told ? told : new KafkaException(failed);
        if (failed.isTaken()) {
            // The log is read to its end, behind what the other one had the brokers end.
            Answer answer = log.read(at -> decide(at, commit));
            return switch (answer.decision()) {
                case Decision.Already already -> committed(commit);
                case Decision.Refuse(String why) -> ended(commit, stale(answer.standing(), why));
                case Decision.Accept accept ->
                    ended(commit, stale(answer.standing(), "another process has begun to write to this lane"));
            };
        }
        if (failed.isOpen()) {
            return new CommitOutcome.Unknown(commit.head().n(), cause);
        }
        throw cause;
    }

    private Consumer<Consumer<ProducerRecord<byte[], byte[]>>> rows(Commit commit, Standing.View standing) {
        return switch (commit) {
            case Commit.Data data -> to -> rowsOf(data).forEach(rows -> rows.send(to));
            case Commit.Publish publish -> to -> hidden.read(standing.open(), publish.generation(), to);
            case Commit.Claim claim -> to -> {};
            case Commit.Begin begin -> to -> {};
            case Commit.Drop drop -> to -> {};
        };
    }

    private Set<Rows> rowsOf(Commit.Data data) {
        return data.fragments().stream()
                .map(fragment -> sessions.find(fragment.description()).orElseThrow())
                .collect(Collectors.toSet());
    }

    /// What a publication takes the place of: all rows that are there, before its own come.
    private Map<TopicPartition, Long> outdated(Commit commit, Standing.View standing) {
        if (!(commit instanceof Commit.Publish && standing.willReplace())) {
            return Map.of();
        }
        return topics.ends(
                topics.partitionsOf(standing.live().stream().map(names::live).toList()));
    }

    /// Finishes what the last commit of the first lane began, which is of the whole stream; again is harmless.
    private void rollForward() {
        Optional<ProgressRecord.Taken> last = lane.equals(LaneId.FIRST) ? log.last() : Optional.empty();
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

    private void drop() {
        pen.ifPresent(Pen::close);
        pen = Optional.empty();
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
