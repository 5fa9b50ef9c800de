package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Role;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Split;
import dev.wisent.engine.internal.run.Strands;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.task.Share;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Judges a history while it goes on, by what can be seen from outside: every commit as it is taken, every part as it appears
/// and goes, every acknowledgement, poll and byte share. It shares no code with `Progress`.
final class Judge {
    /// A commit due after some tens of steps is there after this many rows, if all its splits come to a safe stand.
    static final long MOST_ROWS_UNCUT = 400;
    /// A stop's grace has passed: what is still on its way may be polled, not more.
    private static final long MOST_POLLS_AFTER_GRACE = 400;

    private static final class Content {
        final Map<SplitId, Position> stands = new HashMap<>();
        final Set<SplitId> finished = new HashSet<>();
        final Set<String> parts = new HashSet<>();
    }

    private record Open(GenerationId id, Generation.Kind kind, Content content) {}

    /// What the planner of a run's attempt named.
    private static final class Named {
        final Set<SplitId> splits = new HashSet<>();
        boolean complete;
    }

    private final LongSupplier clock;
    private final long mostRowsUncut;
    private final Map<LaneId, Long> last = new HashMap<>();
    private final Map<LaneId, TreeMap<Long, String>> holders = new HashMap<>();
    /// Who reads the source for the lane.
    private final Map<LaneId, String> readers = new HashMap<>();
    private final Map<String, Long> rowsByRun = new HashMap<>();
    private final Map<String, Named> plans = new HashMap<>();
    private final Map<SplitId, Long> everCommitted = new HashMap<>();
    private final Set<String> runsEnded = new HashSet<>();
    private final Set<String> staged = new HashSet<>();
    private final Set<String> durableRejects = new HashSet<>();
    private final Set<String> namedRejects = new HashSet<>();
    private GenerationId liveId = GenerationId.FIRST;
    private Content live = new Content();
    private Optional<Open> open = Optional.empty();
    private Optional<Violation> first = Optional.empty();

    Judge(LongSupplier clock, long mostRowsUncut) {
        this.clock = clock;
        this.mostRowsUncut = mostRowsUncut;
    }

    /// The first fault found; whoever was in its turn may have caught it.
    void sentence() {
        if (first.isPresent()) {
            throw first.get();
        }
    }

    void expect(boolean holds, String what) {
        if (!holds) {
            Violation violation = new Violation(what);
            first = first.or(() -> Optional.of(violation));
            throw violation;
        }
    }

    /// A commit was taken.
    void taken(Commit commit) {
        LaneId lane = commit.head().lane();
        long n = commit.head().n();
        String run = commit.head().run().value();
        expect(n == last.getOrDefault(lane, 0L) + 1, "commit " + n + " follows " + last.get(lane) + " (R3)");
        last.put(lane, n);
        if (commit instanceof Commit.Claim claim) {
            if (claim.by().role() == Role.READ) {
                readers.put(lane, run);
            }
            holders.computeIfAbsent(lane, l -> new TreeMap<>()).put(n, run);
            return;
        }
        var before = holders.getOrDefault(lane, new TreeMap<>()).lowerEntry(n);
        String holder = before == null ? "" : before.getValue();
        expect(holder.equals(run), "a commit of " + run + " got in, but " + holder + " holds the lane (R5)");
        expect(!runsEnded.contains(run), "a commit of " + run + " got in after that run had ended");
        switch (commit) {
            case Commit.Data data -> taken(data, run);
            case Commit.Begin begin -> {
                expect(open.isEmpty(), "a generation begins while one is open");
                open = Optional.of(
                        new Open(begin.generation().id(), begin.generation().kind(), new Content()));
            }
            case Commit.Publish publish -> published(publish, readers.getOrDefault(lane, run));
            case Commit.Drop drop -> open = Optional.empty();
            case Commit.Claim claim -> {}
        }
    }

    private void taken(Commit.Data data, String run) {
        boolean intoLive = data.generation().equals(liveId);
        expect(
                intoLive || open.filter(o -> o.id().equals(data.generation())).isPresent(),
                "rows for generation " + data.generation() + ", which is neither live nor open");
        Content content = intoLive ? live : open.orElseThrow().content();
        for (Advance advance : data.advances()) {
            SplitId split = advance.split();
            Position stands = content.stands.getOrDefault(split, joined(split, intoLive));
            expect(
                    stands.equals(advance.from()),
                    split + " stands at " + stands + ", not at " + advance.from() + " (R1)");
            expect(!content.finished.contains(split), split + " is finished and read again (R12)");
            expect(advance.to().ordinal() >= advance.from().ordinal(), split + " goes back (R3): " + advance);
            content.stands.put(split, advance.to());
            if (advance.finished()) {
                content.finished.add(split);
            }
            everCommitted.merge(split, advance.to().ordinal(), Math::max);
        }
        for (RejectFile file : data.change().rejects()) {
            expect(durableRejects.contains(file.path()), "a commit names rejects that are not there yet: " + file);
            expect(namedRejects.add(file.path()), "rejects are named twice: " + file);
        }
        data.fragments().stream().map(Fragment::description).forEach(content.parts::add);
        rowsByRun.merge(run, data.fragments().stream().mapToLong(Fragment::rows).sum(), Long::sum);
    }

    /// Where a split stands that a generation did not touch: one that joins the live content goes on from there.
    private Position joined(SplitId split, boolean intoLive) {
        boolean joins = !intoLive && open.orElseThrow().kind() == Generation.Kind.APPEND;
        return joins ? live.stands.getOrDefault(split, Position.START) : Position.START;
    }

    private void published(Commit.Publish publish, String run) {
        Open ready = open.filter(o -> o.id().equals(publish.generation())).orElseThrow();
        Named plan = plans.getOrDefault(run, new Named());
        Content content = ready.content();
        expect(plan.complete, "published before the plan was complete");
        boolean replaces = ready.kind() == Generation.Kind.REPLACE;
        for (SplitId split : plan.splits) {
            expect(
                    content.finished.contains(split) || (!replaces && live.finished.contains(split)),
                    "published before " + split + " was finished");
        }
        expect(
                !replaces
                        || content.stands.keySet().stream()
                                .allMatch(split -> Strands.isOne(split) || plan.splits.contains(split)),
                "published with splits the plan does not name");
        open = Optional.empty();
        if (replaces) {
            live = content;
            liveId = ready.id();
        } else {
            live.stands.putAll(content.stands);
            live.finished.addAll(content.finished);
            live.parts.addAll(content.parts);
        }
    }

    /// Where `split` of the live content stands.
    Position stands(SplitId split) {
        return live.stands.getOrDefault(split, Position.START);
    }

    /// Finished splits of the live content.
    Set<SplitId> finished() {
        return live.finished;
    }

    /// The run that claimed the first lane to read.
    String reader() {
        return readers.getOrDefault(LaneId.FIRST, "");
    }

    /// A new planner of a run's attempt.
    void plans(Life life) {
        plans.put(life.run, new Named());
    }

    void planned(Life life, PlanPage page) {
        Named named = plans.computeIfAbsent(life.run, run -> new Named());
        switch (page) {
            case PlanPage.Splits splits ->
                splits.splits().stream().map(Split::id).forEach(named.splits::add);
            case PlanPage.Complete complete -> named.complete = true;
            case PlanPage.NothingNew nothing -> {}
        }
    }

    /// A part got its hidden name.
    void staged(String part) {
        expect(staged.add(part), "a part's name is used twice (R7): " + part);
    }

    /// A part became visible.
    void shown(String part) {
        expect(live.parts.contains(part), "a part is visible that no published commit names: " + part);
    }

    /// A part is gone.
    void removed(String part) {
        boolean needed = live.parts.contains(part)
                || open.filter(o -> o.content().parts.contains(part)).isPresent();
        expect(!needed, "a part is gone that a commit names (R4): " + part);
    }

    /// A file of rejects is durable.
    void rejectsKept(String file) {
        durableRejects.add(file);
    }

    void acknowledged(Life life, SplitId split, Position upTo) {
        long committed = everCommitted.getOrDefault(split, 0L);
        expect(
                upTo.ordinal() <= committed,
                life.run + " acknowledges " + split + " up to " + upTo + ", committed is " + committed + " (R2)");
    }

    void polls(Life life) {
        if (life.stoppedAt.isPresent()
                && clock.getAsLong() > life.stoppedAt.getAsLong() + World.GRACE.toNanos()
                && ++life.pollsAfterGrace > MOST_POLLS_AFTER_GRACE) {
            expect(false, life.run + " reads on after its grace (R13)");
        }
    }

    void written(Life life) {
        expect(
                life.rowsSinceCut <= mostRowsUncut,
                life.run + " never cuts: " + life.rowsSinceCut + " rows since the last");
    }

    /// After each step (R10).
    void step(List<Life> lives) {
        for (Life life : lives) {
            if (life.state != Life.State.RUNNING || life.engine.isEmpty()) {
                continue;
            }
            int giants = isGiant(life.ship) ? 1 : 0;
            for (Share share : life.engine.get().shares()) {
                if (isGiant(share)) {
                    giants++;
                }
            }
            expect(giants <= World.GIANTS, giants + " shares of " + life.run + " are overdrawn at once (R10)");
        }
        sentence();
    }

    private static boolean isGiant(Share share) {
        return share.used() > share.capacity();
    }

    /// What a run says it wrote is what got in under its name, then and for ever.
    void ended(Life life, StreamResult result) {
        if (life.extraction.isPresent()) {
            return;
        }
        runsEnded.add(life.run);
        long got = rowsByRun.getOrDefault(life.run, 0L);
        expect(
                result.counts().written() == got,
                life.run + " says it wrote " + result.counts().written() + " rows, but " + got
                        + " got in under its name");
    }
}
