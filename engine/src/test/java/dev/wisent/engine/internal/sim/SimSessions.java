package dev.wisent.engine.internal.sim;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A database with four lanes: rows live in open transactions of their process's connections and die with them.
final class SimSessions extends SimDestination {
    private static final int LANES = 4;

    private record Session(Life life, List<Long> ids) {}

    private final Progress progress = new Progress();
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<GenerationId, List<Long>> rows = new HashMap<>();

    SimSessions(World world) {
        super(world);
    }

    @Override
    CommitOutcome execute(Life life, Commit commit, Delivery delivery) {
        if (delivery == Delivery.REPEATED && world.has(Rule.REPEAT_ENDS_SESSION)) {
            // The first attempt may still be waiting in its connection: end that before looking.
            lost(commit);
        }
        world.between(life);
        Decision decision = decide(
                progress, commit, f -> world.has(Rule.REPEAT_ENDS_SESSION) && !sessions.containsKey(f.description()));
        return switch (decision) {
            case Decision.Already already ->
                new CommitOutcome.Committed(commit.head().n());
            case Decision.Refuse refuse ->
                new CommitOutcome.Stale(
                        progress.view(), progress.claimant(commit.head().lane()), refuse.why());
            case Decision.Accept accept -> {
                take(commit);
                yield new CommitOutcome.Committed(commit.head().n());
            }
        };
    }

    private void take(Commit commit) {
        switch (commit) {
            case Commit.Data data -> {
                // Each cut is a session here, and two open transactions can't be committed in one step.
                world.judge.expect(
                        data.fragments().size() <= 1, "a commit names several sessions: " + data.fragments());
                data.fragments().forEach(f -> {
                    Session session = sessions.remove(f.description());
                    if (session != null) {
                        rows.computeIfAbsent(data.generation(), g -> new ArrayList<>())
                                .addAll(session.ids());
                    }
                });
            }
            case Commit.Publish publish -> {
                GenerationId before = progress.view().live().id();
                rows.remove(before);
            }
            case Commit.Drop drop -> rows.remove(drop.generation());
            case Commit.Begin begin -> {}
            case Commit.Claim claim -> {}
        }
        accepted(commit);
        progress.apply(commit);
    }

    @Override
    void lost(Commit commit) {
        if (commit instanceof Commit.Data data) {
            data.fragments().forEach(f -> sessions.remove(f.description()));
        }
    }

    @Override
    List<Long> visible() {
        return rows.getOrDefault(progress.view().live().id(), List.of());
    }

    @Override
    List<Long> named() {
        return visible();
    }

    @Override
    Progress truth() {
        return progress;
    }

    @Override
    void died(Life life) {
        if (life.state == Life.State.DEAD) {
            sessions.values().removeIf(session -> session.life() == life);
        }
    }

    @Override
    Destination of(Life life) {
        return new Process(life);
    }

    private final class Process implements Destination {
        private final Life life;
        private final Set<CommitId> sent = new HashSet<>();

        Process(Life life) {
            this.life = life;
        }

        @Override
        public void check() {}

        @Override
        public Capabilities capabilities() {
            return new Capabilities(
                    Capabilities.Guarantee.EXACTLY_ONCE,
                    Fragment.Kind.SESSION,
                    LANES,
                    Capabilities.Processes.MANY,
                    Set.of(Commit.Mode.APPEND),
                    Capabilities.Widenings.NONE);
        }

        @Override
        public ProgressView progress(StreamId stream) {
            world.between(life);
            return read(new RunId(life.run));
        }

        @Override
        public LaneWriter open(WriteRequest request) {
            return new SimWriter(
                    world,
                    life,
                    request.shipping(),
                    Fragment.Kind.SESSION,
                    () -> request.run() + "-" + world.nextName(),
                    (name, rows) -> {
                        world.judge.staged(name);
                        sessions.put(name, new Session(life, rows));
                    });
        }

        @Override
        public CommitOutcome commit(Commit commit) {
            boolean first = sent.add(commit.head().id());
            return SimSessions.this.commit(life, commit, first ? Delivery.FIRST : Delivery.REPEATED);
        }

        @Override
        public void sweep(Commit.Claim held) {}

        @Override
        public String location(StreamId stream) {
            return "sessions";
        }

        @Override
        public void close() {}
    }
}
