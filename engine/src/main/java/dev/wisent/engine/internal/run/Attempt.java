package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One try at a run: claim lane 0, then the others side by side; read progress until it shows the claims; drop, begin or
/// resume a generation; have the plan worked off ([Plan]); publish. Whatever ends it, every commit in flight gets its answer
/// first.
final class Attempt {
    private enum Phase {
        CLAIM,
        READ,
        PREPARE,
        WORK,
        FINISH,
        PUBLISH,
        SETTLE
    }

    private final StreamJob job;
    private final RunServices services;
    private final Workforce workforce;
    private final Beginning beginning;
    private final Backoff reading;
    private final OlderTarget older;
    private final Map<LaneId, Commit.Claim> claims = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Phase phase = Phase.CLAIM;
    private Goal goal;
    private Ending.Open ifOpen;
    private boolean waiting;
    private boolean stopWanted;
    private ProgressView view = ProgressView.EMPTY;
    private Optional<OpenGeneration> open = Optional.empty();
    private Optional<Plan> plan = Optional.empty();
    private Optional<Ending> leaving = Optional.empty();
    private Optional<Ending> ended = Optional.empty();
    private long readAgainAt = Long.MIN_VALUE;
    private long resumed;
    private int workersDone;
    private int lanesDone;

    Attempt(StreamJob job, RunServices services, Mailbox<Event> events, Tally tally, Ending.Open ifOpen) {
        this.job = job;
        this.services = services;
        this.ifOpen = ifOpen;
        this.workforce = new Workforce(job, services, events, tally);
        this.goal = Goal.of(job, services.destination().capabilities());
        this.beginning = new Beginning(job, services.resets());
        this.reading = new Backoff(services.host(), job.timing());
        this.older = new OlderTarget(job, services);
    }

    List<Share> shares() {
        return workforce.shares();
    }

    Optional<Ending> ending() {
        return ended;
    }

    long resumed() {
        return resumed;
    }

    boolean publishesAtEnd() {
        return goal.hidden().isPresent();
    }

    List<String> warnings() {
        return warnings;
    }

    Turn turn() {
        return switch (phase) {
            case CLAIM -> claimNext();
            case READ -> read();
            case PREPARE -> prepare();
            case WORK -> watch(plan.orElseThrow().turn());
            case FINISH -> waitOrPublish();
            case PUBLISH -> new Turn.Idle(Long.MAX_VALUE);
            case SETTLE -> settle();
        };
    }

    private Turn claimNext() {
        Optional<Turn> held = waiting ? Optional.empty() : older.hold(goal);
        if (held.isPresent()) {
            return held.get();
        }
        if (!waiting) {
            Claimant me = new Claimant(
                    job.run(), job.host(), job.pid(), services.host().now(), Role.READ);
            List<LaneId> lanes = workforce.lanes();
            List<LaneId> next = claims.isEmpty() ? lanes.subList(0, 1) : lanes.subList(1, lanes.size());
            next.forEach(lane -> workforce.committer(lane).order(new LaneCommitter.Order.Claim(me)));
            waiting = true;
        }
        return new Turn.Idle(Long.MAX_VALUE);
    }

    void answered(Event.Answered answer) {
        switch (answer.outcome()) {
            case CommitOutcome.Stale refused -> leave(staleEnding(refused));
            case CommitOutcome.Unknown unknown -> throw new IllegalStateException("unknown is no answer");
            case CommitOutcome.Committed committed -> {
                if (phase != Phase.SETTLE) {
                    took(answer.commit());
                } else if (answer.commit() instanceof Commit.Data data) {
                    plan.ifPresent(p -> p.committed(data.advances()));
                }
            }
        }
    }

    private void took(Commit commit) {
        switch (commit) {
            case Commit.Claim claim -> {
                claims.put(claim.head().lane(), claim);
                workforce.claimed(claim.head().lane(), claim.head().n());
                boolean hasAll = claims.size() == workforce.lanes().size();
                waiting = !hasAll && claims.size() > 1;
                phase = hasAll ? Phase.READ : Phase.CLAIM;
            }
            case Commit.Begin begin -> {
                waiting = false;
                open = Optional.of(new OpenGeneration(
                        begin.generation(),
                        begin.fingerprint(),
                        new GenerationView(
                                begin.generation().id(),
                                Map.of(),
                                Optional.empty(),
                                begin.opening(),
                                Counts.NONE,
                                List.of())));
                work();
            }
            case Commit.Data data -> plan.ifPresent(p -> p.committed(data.advances()));
            case Commit.Drop drop -> {
                waiting = false;
                open = Optional.empty();
                ifOpen = Ending.Open.KEEP;
            }
            case Commit.Publish publish -> {
                beginning.published(goal);
                leave(new Ending.Success());
            }
        }
    }

    /// Another run claimed the lane: end. Nobody did: this run's own session was lost, so claim again.
    private Ending staleEnding(CommitOutcome.Stale refused) {
        return refused.by()
                .filter(claimant -> !claimant.run().equals(job.run()))
                .map(this::overtakenBy)
                .orElseGet(() -> new Ending.Again(Ending.Open.KEEP, refused.why()));
    }

    /// A loader that did not know of this extraction yet ends at its next look: the lane is claimed again.
    private Ending overtakenBy(Claimant by) {
        return by.role() == Role.WRITE && services.destination() instanceof CutByCut
                ? new Ending.Again(Ending.Open.KEEP, "a loader of an older extraction claimed the lane")
                : new Ending.Failure(takenOver(by));
    }

    private WisentException takenOver(Claimant by) {
        return WisentException.of(ErrorCode.TAKEN_OVER, "another run took over: " + Destination.describe(by))
                .where(services.destination().location(job.stream()))
                .hint("what this run committed is kept; nothing it had not committed is visible");
    }

    private Turn read() {
        if (services.host().nanos() < readAgainAt) {
            return new Turn.Idle(readAgainAt);
        }
        view = services.destination().progress(job.stream());
        boolean behind = false;
        for (Commit.Claim claim : claims.values()) {
            var lane = view.lane(claim.head().lane());
            if (lane.last() > claim.head().n()) {
                lane.claimant().filter(c -> !c.run().equals(job.run())).ifPresent(c -> leave(overtakenBy(c)));
            }
            behind |= lane.last() < claim.head().n() && services.upholds(EngineRule.READS_AGAIN);
        }
        if (behind) {
            // A read that shows less than this run already wrote is read again.
            readAgainAt = reading.nextTry();
            if (readAgainAt < 0) {
                throw WisentException.of(
                                ErrorCode.DESTINATION_CORRUPT, "the destination does not show what this run wrote")
                        .where(services.destination().location(job.stream()))
                        .tried(reading.tried());
            }
            return new Turn.Idle(readAgainAt);
        }
        if (phase == Phase.READ) {
            services.destination().sweep(claimOfFirstLane());
            open = view.open();
            phase = Phase.PREPARE;
        }
        return Turn.BUSY;
    }

    private Turn prepare() {
        if (waiting) {
            return new Turn.Idle(Long.MAX_VALUE);
        }
        if (stopWanted) {
            leave(new Ending.Interrupted());
            return Turn.BUSY;
        }
        goal = beginning.goal(
                Goal.of(job, services.destination().capabilities()),
                claimOfFirstLane().head().n(),
                view.live().id().number(),
                open);
        if (open.isPresent() && (ifOpen == Ending.Open.DROP || !goal.fits(open.get()))) {
            GenerationId gone = open.get().generation().id();
            control(head -> new Commit.Drop(head, gone));
        } else if (goal.hidden().isPresent() && open.isEmpty()) {
            plan = Optional.of(newPlan());
            var opening = plan.get().opening();
            Generation.Kind kind = goal.hidden().get();
            control(head -> new Commit.Begin(
                    head, new Generation(new GenerationId(head.n()), kind), goal.fingerprint(), opening));
        } else {
            open.ifPresent(o -> resumed = o.content().counts().written());
            work();
        }
        return Turn.BUSY;
    }

    private Commit.Claim claimOfFirstLane() {
        return Optional.ofNullable(claims.get(LaneId.FIRST)).orElseThrow();
    }

    private Plan newPlan() {
        Runnable outdated = () -> leave(
                new Ending.Again(Ending.Open.DROP, "the unpublished generation holds inputs that are no longer there"));
        return new Plan(job, services, workforce, view.live(), open.map(OpenGeneration::content), goal, outdated);
    }

    private void work() {
        if (plan.isEmpty()) {
            plan = Optional.of(newPlan());
        }
        GenerationId into =
                open.map(o -> o.generation().id()).orElse(view.live().id());
        GenerationView filled = open.map(OpenGeneration::content).orElse(view.live());
        workforce.begin(into, plan.get().schema(), filled.schema());
        workforce
                .lanes()
                .forEach(lane -> workforce.committer(lane).order(new LaneCommitter.Order.Fill(into, job.writeMode())));
        phase = Phase.WORK;
        if (stopWanted) {
            drain(new Ending.Interrupted());
        }
    }

    /// A streaming run may end by itself when nothing came for a while.
    private Turn watch(Turn turn) {
        long untilIdle = job.timing().untilIdle().toNanos();
        if (untilIdle == 0 || job.mode() != SyncMode.STREAM || leaving.isPresent()) {
            return turn;
        }
        long idleAt = workforce.idleSince() + untilIdle;
        if (services.host().nanos() >= idleAt) {
            drain(new Ending.Success());
            return Turn.BUSY;
        }
        return turn instanceof Turn.Idle(long until) ? new Turn.Idle(Math.min(until, idleAt)) : turn;
    }

    void stop() {
        stopWanted = true;
        if (phase == Phase.WORK) {
            drain(new Ending.Interrupted());
        }
    }

    void capped() {
        if (phase == Phase.WORK) {
            drain(new Ending.Capped());
        }
    }

    private void drain(Ending then) {
        if (leaving.isEmpty()) {
            leaving = Optional.of(then);
            plan.ifPresent(Plan::stop);
            workforce.drain(services.host().nanos() + job.timing().grace().toNanos());
        }
    }

    /// A split can't be resumed. What was never committed of it may be planned anew; a hidden generation may be begun
    /// again.
    void expired(Event.Expired expired) {
        if (goal.hidden().isPresent()) {
            leave(new Ending.Again(Ending.Open.DROP, "a split expired: " + expired.why()));
        } else if (!expired.begun()) {
            leave(new Ending.Again(
                    Ending.Open.KEEP, "a split expired: " + expired.why(), Optional.of(cantGoOn(expired))));
        } else {
            fail(cantGoOn(expired));
        }
    }

    private WisentException cantGoOn(Event.Expired expired) {
        return WisentException.of(
                        ErrorCode.SOURCE_EXPIRED, "reading can't go on where it was committed: " + expired.why())
                .where("stream " + job.stream() + ", " + expired.split().label())
                .hint("reading it again would repeat rows; a reset of the stream begins it anew")
                .next("wisent stream reset FILE");
    }

    void workerDone() {
        if (++workersDone == workforce.workerCount() && phase == Phase.WORK) {
            phase = Phase.FINISH;
            workforce.lanes().forEach(lane -> workforce.committer(lane).order(new LaneCommitter.Order.Finish()));
        }
    }

    void laneDone() {
        lanesDone++;
    }

    private Turn waitOrPublish() {
        if (lanesDone < workforce.lanes().size()) {
            return new Turn.Idle(Long.MAX_VALUE);
        }
        Plan done = plan.orElseThrow();
        if (leaving.isPresent() && (open.isEmpty() || services.upholds(EngineRule.PUBLISHES_WHOLE))) {
            leave(leaving.get());
        } else if (leaving.isEmpty() && !done.isFinished()) {
            fail(WisentException.of(
                    ErrorCode.INTERNAL, "every worker is done, but not every split: " + done.unfinished()));
        } else if (open.isPresent()) {
            GenerationId ready = open.get().generation().id();
            phase = Phase.PUBLISH;
            control(head -> new Commit.Publish(head, ready));
        } else {
            leave(new Ending.Success());
        }
        return Turn.BUSY;
    }

    void fail(WisentException error) {
        leave(new Ending.Failure(error));
    }

    /// Ends the attempt as soon as nothing of it is in flight.
    private void leave(Ending why) {
        if (phase != Phase.SETTLE) {
            phase = Phase.SETTLE;
            leaving = Optional.of(why);
            workforce.halt();
        }
    }

    private Turn settle() {
        if (workforce.living() > 0 && services.upholds(EngineRule.AWAITS_ANSWERS)) {
            return new Turn.Idle(Long.MAX_VALUE);
        }
        plan.ifPresent(Plan::close);
        plan.ifPresent(p -> warnings.addAll(p.warnings()));
        warnings.addAll(beginning.notes());
        plan = Optional.empty();
        ended = leaving;
        return Turn.BUSY;
    }

    private void control(Function<Head, Commit> make) {
        waiting = true;
        workforce.committer(LaneId.FIRST).order(new LaneCommitter.Order.Control(make));
    }
}
