package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A destination that answers late, not at all, or twice, and knows what became visible.
abstract class SimDestination {
    final World world;
    private final List<Commit> late = new ArrayList<>();
    /// What progress was when a run had claimed its first lane.
    private final Map<RunId, ProgressView> firstClaims = new HashMap<>();
    boolean changed;
    private final List<ProgressView> shown = new ArrayList<>();
    private static final int SHOWN_KEPT = 12;

    SimDestination(World world) {
        this.world = world;
    }

    abstract Destination of(Life life);

    abstract Progress truth();

    String holder() {
        return world.judge.reader();
    }

    /// Decides and stores, for the process of `life`.
    abstract CommitOutcome execute(Life life, Commit commit, Delivery delivery);

    enum Delivery {
        FIRST,
        REPEATED,
        LATE,
        /// Taken, but whoever took it gets no further.
        CUT_OFF
    }

    /// What a reader of the target sees: all ids, as often as they are there.
    abstract List<Long> visible();

    /// What the bookkeeping says is visible.
    abstract List<Long> named();

    /// Connections of a process that died are gone.
    abstract void died(Life life);

    /// The request was lost on its way: what it needed may be gone with it.
    void lost(Commit commit) {}

    /// A commit as a process sends it; here the rules are broken that say what a run makes of an answer.
    CommitOutcome commit(Life life, Commit sent, Delivery delivery) {
        Commit commit = world.has(Rule.FINISHED_AT_ITS_END) ? sent : Changed.finished(sent);
        long n = commit.head().n();
        return switch (answer(life, commit, delivery)) {
            case CommitOutcome.Unknown unknown
            when !world.has(Rule.UNKNOWN_IS_REPEATED) -> {
                ProgressView seen = maybeOld(truth().view());
                yield seen.lane(commit.head().lane()).last() >= n
                        ? new CommitOutcome.Committed(n)
                        : new CommitOutcome.Stale(seen, Optional.empty(), "a plain read does not show it");
            }
            case CommitOutcome.Stale stale
            when !world.has(Rule.NEVER_RENUMBERED) && commit instanceof Commit.Data -> {
                long next = truth().last(commit.head().lane()) + 1;
                CommitOutcome again = execute(life, Changed.numbered(commit, next), Delivery.REPEATED);
                yield again instanceof CommitOutcome.Committed ? new CommitOutcome.Committed(n) : stale;
            }
            case CommitOutcome outcome -> outcome;
        };
    }

    private CommitOutcome answer(Life life, Commit commit, Delivery delivery) {
        int percent = world.lastLife ? 10 : 25;
        if (world.random.nextInt(100) >= percent) {
            return execute(life, commit, delivery);
        }
        switch (world.random.nextInt(3)) {
            case 0 -> execute(life, commit, world.random.nextBoolean() ? Delivery.CUT_OFF : delivery);
            case 1 -> lost(commit);
            default -> late.add(commit);
        }
        return new CommitOutcome.Unknown(commit.head().n(), new IllegalStateException("no answer"));
    }

    /// The decision of `progress`, with the rules that are on.
    Decision decide(Progress progress, Commit commit, Predicate<Fragment> sessionGone) {
        boolean blind = !world.has(Rule.RANGES_MATCH);
        return progress.decide(blind ? Changed.withoutRanges(commit) : commit, sessionGone);
    }

    /// Requests that were on their way arrive, some time.
    void deliverLate() {
        if (!late.isEmpty() && world.random.nextInt(40) == 0) {
            Commit commit = late.remove(world.random.nextInt(late.size()));
            execute(new Life(-1, false), commit, Delivery.LATE);
        }
    }

    /// Called when a commit was taken.
    void accepted(Commit commit) {
        changed = true;
        world.judge.taken(commit);
        if (commit instanceof Commit.Claim claim && claim.head().lane().equals(LaneId.FIRST)) {
            firstClaims.put(claim.head().run(), truth().view());
        }
    }

    /// After each step that may have changed what can be seen: nothing is there twice, nothing named is gone.
    void step() {
        if (changed && world.looksAtAll()) {
            changed = false;
            Oracle.expectOnce(named());
        }
    }

    /// A plain read by a run: every third one is old.
    ProgressView read(RunId run) {
        ProgressView view = maybeOld(truth().view());
        if (world.has(Rule.CLAIMS_BEFORE_READING)) {
            return view;
        }
        ProgressView atFirst = firstClaims.getOrDefault(run, view);
        return new ProgressView(truth().view().lanes(), atFirst.live(), atFirst.open());
    }

    private ProgressView maybeOld(ProgressView now) {
        if (shown.size() == SHOWN_KEPT) {
            shown.remove(world.random.nextInt(SHOWN_KEPT));
        }
        shown.add(now);
        return world.random.nextInt(3) == 0 ? shown.get(world.random.nextInt(shown.size())) : now;
    }
}
