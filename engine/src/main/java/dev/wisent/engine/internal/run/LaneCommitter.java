package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Makes the commits of one lane, one at a time: the coordinator's own and those of whole cuts. Asks the workers for
/// cuts when a commit is due,
/// waits for them a little, never for one that can't cut yet. A cut of a session is a commit of its own, at once: two open
/// transactions can't be committed in one step. An unknown outcome is resolved by repeating the
/// identical
/// commit (R4).
final class LaneCommitter extends Task {
    /// What the coordinator tells it.
    sealed interface Order {
        record Claim(Claimant by) implements Order {}

        /// A commit of the coordinator's own.
        record Control(Function<Head, Commit> make) implements Order {}

        /// Cuts go into this generation from now on.
        record Fill(GenerationId generation, Commit.Mode mode) implements Order {}

        /// Splits the planner will never name again.
        record Forget(List<SplitId> splits) implements Order {}

        /// No more cuts come: commit what is there and say so.
        record Finish() implements Order {}

        /// End, once the commit in flight has its answer.
        record Halt() implements Order {}
    }

    /// More than that many runs can't claim at the same time without one getting through.
    private static final int MAX_CLAIM_TRIES = 1000;

    private final LaneId lane;
    private final Workforce workforce;
    private final Host host;
    private final Mailbox<Event> coordinator;
    private final Mailbox<Order> orders = new Mailbox<>(this);
    private final Mailbox<Cut> cuts = new Mailbox<>(this);
    private final Mailbox<Boolean> answers = new Mailbox<>(this);
    private final ArrayDeque<Order.Control> controls = new ArrayDeque<>();
    private final List<Cut> pending = new ArrayList<>();
    /// Cuts that came and are not committed. Workers look at it.
    private final AtomicInteger uncommitted = new AtomicInteger();

    private final List<SplitId> forgotten = new ArrayList<>();
    private final Backoff backoff;
    private Optional<Order.Fill> fill = Optional.empty();
    private Optional<InFlight> inFlight = Optional.empty();
    private long next = 1;
    /// How many cuts the commit in flight is made of.
    private int cutsSent;
    private int claimTries;
    private int waitingFor;
    private boolean asking;
    private long askedAt;
    private long nextAsk = Long.MAX_VALUE;
    private boolean finishing;
    private boolean halted;
    private boolean stale;

    private record InFlight(Commit commit, List<Latency.Sample> latency, long notBefore) {}

    LaneCommitter(LaneId lane, Workforce workforce, Mailbox<Event> coordinator) {
        super("commit-" + lane);
        this.lane = lane;
        this.workforce = workforce;
        this.host = workforce.host();
        this.coordinator = coordinator;
        this.backoff = new Backoff(host, workforce.job().timing());
    }

    void order(Order order) {
        orders.send(order);
    }

    /// From a worker.
    void cut(Cut cut) {
        uncommitted.incrementAndGet();
        var unused = cut.flushing().fragments().whenComplete((fragments, failure) -> wake());
        cuts.send(cut);
    }

    /// How many cuts came and are not committed yet. Any thread.
    int uncommitted() {
        return uncommitted.get();
    }

    /// From a worker that was asked: it has cut, or has nothing to cut.
    void answered() {
        answers.send(true);
    }

    @Override
    public Turn turn() {
        try {
            return work();
        } catch (RuntimeException | Error e) {
            coordinator.send(new Event.Broken(e));
            return Turn.DONE;
        }
    }

    private Turn work() {
        takeMessages();
        if (inFlight.isPresent()) {
            InFlight commit = inFlight.get();
            if (host.nanos() < commit.notBefore()) {
                return new Turn.Idle(commit.notBefore());
            }
            attempt(commit);
            return Turn.BUSY;
        }
        if (halted) {
            return Turn.DONE;
        }
        if (!controls.isEmpty()) {
            send(controls.remove().make().apply(head()), List.of());
            return Turn.BUSY;
        }
        if (stale || fill.isEmpty()) {
            return new Turn.Idle(Long.MAX_VALUE);
        }
        askWhenDue();
        if (isReady()) {
            commitCuts();
            return Turn.BUSY;
        }
        if (finishing && pending.isEmpty()) {
            finishing = false;
            coordinator.send(new Event.LaneDone(lane));
        }
        return new Turn.Idle(deadline());
    }

    private void takeMessages() {
        for (Optional<Order> order = orders.take(); order.isPresent(); order = orders.take()) {
            switch (order.get()) {
                case Order.Claim(Claimant by) -> controls.add(new Order.Control(head -> new Commit.Claim(head, by)));
                case Order.Control control -> controls.add(control);
                case Order.Fill start -> {
                    fill = Optional.of(start);
                    nextAsk = host.nanos() + interval();
                }
                case Order.Forget(List<SplitId> splits) -> forgotten.addAll(splits);
                case Order.Finish finish -> finishing = true;
                case Order.Halt halt -> halted = true;
            }
        }
        for (Optional<Cut> cut = cuts.take(); cut.isPresent(); cut = cuts.take()) {
            pending.add(cut.get());
        }
        for (Optional<Boolean> answer = answers.take(); answer.isPresent(); answer = answers.take()) {
            waitingFor--;
        }
    }

    private void askWhenDue() {
        long now = host.nanos();
        if (asking && waitingFor <= 0 && (pending.isEmpty() || workforce.hasSessions())) {
            asking = false;
            nextAsk = now + interval();
        }
        if (!asking && now >= nextAsk) {
            asking = true;
            askedAt = now;
            waitingFor = workforce.askForCuts(lane);
        }
    }

    private boolean isReady() {
        if (workforce.hasSessions()) {
            return !pending.isEmpty()
                    && pending.getFirst().flushing().fragments().isDone();
        }
        if (pending.isEmpty() || !isFlushed()) {
            return false;
        }
        return finishing
                || pending.stream().anyMatch(cut -> cut.urgency() == Cut.Urgency.NOW)
                || (asking && (waitingFor <= 0 || host.nanos() >= askedAt + linger()));
    }

    private void commitCuts() {
        List<Cut> whole = workforce.hasSessions() ? pending.subList(0, 1) : pending;
        CutSum sum = CutSum.of(List.copyOf(whole));
        Order.Fill into = fill.orElseThrow();
        List<SplitId> forget = List.copyOf(forgotten);
        Commit.Data data = new Commit.Data(
                head(),
                into.generation(),
                into.mode(),
                sum.advances(),
                sum.fragments(),
                sum.change(workforce.schemaToStore(), forget));
        cutsSent = whole.size();
        whole.clear();
        forgotten.clear();
        send(data, sum.latency());
    }

    private Head head() {
        return new Head(
                new CommitId(workforce.nextCommitId()),
                workforce.job().stream(),
                lane,
                next,
                workforce.job().run());
    }

    private void send(Commit commit, List<Latency.Sample> latency) {
        backoff.reset();
        InFlight sent = new InFlight(commit, latency, Long.MIN_VALUE);
        inFlight = Optional.of(sent);
        attempt(sent);
    }

    private void attempt(InFlight sent) {
        Commit commit = sent.commit();
        if (backoff.tries() == 0) {
            Boundary.reached(before(commit));
        }
        switch (tryCommit(commit)) {
            case CommitOutcome.Committed committed -> {
                if (committed.number() != commit.head().n()) {
                    throw new IllegalStateException(
                            "commit " + commit.head().n() + " was answered as " + committed.number());
                }
                inFlight = Optional.empty();
                next = committed.number() + 1;
                Boundary.reached(after(commit));
                if (commit instanceof Commit.Data data) {
                    uncommitted.addAndGet(-cutsSent);
                    workforce.tellCommitted(lane, data.advances());
                }
                coordinator.send(new Event.Answered(lane, commit, committed, sent.latency()));
            }
            case CommitOutcome.Stale refused -> {
                inFlight = Optional.empty();
                if (commit instanceof Commit.Claim claim && claimTries++ < MAX_CLAIM_TRIES) {
                    next = refused.actual().lane(lane).last() + 1;
                    controls.addFirst(new Order.Control(head -> new Commit.Claim(head, claim.by())));
                    return;
                }
                stale = true;
                pending.clear();
                coordinator.send(new Event.Answered(lane, commit, refused, List.of()));
            }
            case CommitOutcome.Unknown unknown -> {
                long again = backoff.nextTry();
                if (again < 0) {
                    inFlight = Optional.empty();
                    throw unresolved(commit, unknown.cause());
                }
                inFlight = Optional.of(new InFlight(commit, sent.latency(), again));
            }
        }
    }

    private CommitOutcome tryCommit(Commit commit) {
        try {
            return workforce.destination().commit(commit);
        } catch (WisentException e) {
            if (e.isTransient()) {
                return new CommitOutcome.Unknown(commit.head().n(), e);
            }
            throw e;
        }
    }

    private WisentException unresolved(Commit commit, Throwable cause) {
        return WisentException.of(
                        ErrorCode.COMMIT_UNKNOWN,
                        "the destination did not say whether commit "
                                + commit.head().n() + " got in: " + cause.getMessage())
                .where(workforce.destination().location(workforce.job().stream()) + ", lane " + lane)
                .tried("the identical commit, " + backoff.tried())
                .hint("nothing was deleted; the next run finds out and goes on from what is there")
                .causedBy(cause);
    }

    private static Boundary before(Commit commit) {
        return switch (commit) {
            case Commit.Claim claim -> Boundary.BEFORE_CLAIM;
            case Commit.Publish publish -> Boundary.BEFORE_PUBLISH;
            default -> Boundary.BEFORE_COMMIT;
        };
    }

    private static Boundary after(Commit commit) {
        return switch (commit) {
            case Commit.Claim claim -> Boundary.AFTER_CLAIM;
            case Commit.Begin begin -> Boundary.AFTER_BEGIN;
            case Commit.Publish publish -> Boundary.PUBLISHED;
            default -> Boundary.COMMITTED;
        };
    }

    private long interval() {
        return workforce.job().timing().commitInterval().toNanos();
    }

    private long linger() {
        return workforce.job().timing().commitLinger().toNanos();
    }

    private long deadline() {
        if (!asking) {
            return nextAsk;
        }
        // a cut that is flushed wakes us
        return pending.isEmpty() || workforce.hasSessions() || !isFlushed()
                ? Long.MAX_VALUE
                : Math.max(askedAt + linger(), host.nanos() + 1);
    }

    private boolean isFlushed() {
        return pending.stream().allMatch(cut -> cut.flushing().fragments().isDone());
    }
}
