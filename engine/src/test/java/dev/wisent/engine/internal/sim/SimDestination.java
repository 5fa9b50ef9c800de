package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.engine.internal.run.StreamResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A destination that answers late, not at all, or twice, and knows what became visible.
abstract class SimDestination {
    final World world;
    private final List<Commit> late = new ArrayList<>();
    private final Map<String, Long> rowsByRun = new HashMap<>();
    private final Map<LaneId, TreeMap<Long, String>> holders = new HashMap<>();
    private final List<ProgressView> shown = new ArrayList<>();

    SimDestination(World world) {
        this.world = world;
    }

    abstract Destination of(Life life);

    abstract Progress truth();

    String holder() {
        return truth().claimant(LaneId.FIRST).map(by -> by.run().value()).orElse("");
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

    CommitOutcome commit(Life life, Commit commit, Delivery delivery) {
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

    /// Requests that were on their way arrive, some time.
    void deliverLate() {
        if (!late.isEmpty() && world.random.nextInt(40) == 0) {
            Commit commit = late.remove(world.random.nextInt(late.size()));
            execute(new Life(-1), commit, Delivery.LATE);
        }
    }

    /// Called when a commit was taken. Who holds the lane by its number is known from the claims taken before.
    void accepted(Commit commit) {
        if (commit instanceof Commit.Claim claim) {
            holders.computeIfAbsent(claim.head().lane(), l -> new TreeMap<>())
                    .put(claim.head().n(), claim.head().run().value());
            return;
        }
        var before = holders.getOrDefault(commit.head().lane(), new TreeMap<>())
                .lowerEntry(commit.head().n());
        String holder = before == null ? "" : before.getValue();
        if (!holder.equals(commit.head().run().value())) {
            throw new Violation(
                    "a commit of " + commit.head().run() + " got in, but " + holder + " holds the lane (R5)");
        }
        if (commit instanceof Commit.Data data) {
            rowsByRun.merge(
                    commit.head().run().value(),
                    data.fragments().stream().mapToLong(f -> f.rows()).sum(),
                    Long::sum);
        }
    }

    /// What a run says it wrote is what got in under its name.
    void checkLedger(StreamResult result, String run) {
        if (result.counts().written() != rowsByRun.getOrDefault(run, 0L)) {
            throw new Violation(run + " says it wrote " + result.counts().written() + " rows, but "
                    + rowsByRun.getOrDefault(run, 0L) + " got in under its name");
        }
    }

    /// A plain read: every third one is old.
    ProgressView maybeOld(ProgressView now) {
        shown.add(now);
        return world.random.nextInt(3) == 0 ? shown.get(world.random.nextInt(shown.size())) : now;
    }
}
