package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A folder: manifests by create-if-absent decide, parts become visible after, a base every few commits. Every step of it may
/// be interrupted by
/// other processes for as long as they like. With [Transport#JSON] every commit reaches the committer as JSON, twice.
final class SimFolder extends SimDestination {
    enum Transport {
        DIRECT,
        JSON
    }

    /// How a part gets its visible name.
    enum Showing {
        RENAME,
        /// As in an object store: the staged one is removed by a step of its own, after the copy.
        COPY
    }

    private static final int BASE_EVERY = 5;
    private final Transport transport;
    private final Showing showing;
    private final TreeMap<Long, Commit> manifests = new TreeMap<>();
    private final TreeMap<Long, FolderState> bases = new TreeMap<>();
    final Map<String, List<Long>> staged = new TreeMap<>();
    final Map<String, List<Long>> shown = new TreeMap<>();

    SimFolder(World world, Transport transport, Showing showing) {
        super(world);
        this.transport = transport;
        this.showing = showing;
    }

    private FolderState read() {
        FolderState state = bases.isEmpty()
                ? new FolderState()
                : bases.lastEntry().getValue().copy(world.has(Rule.IDS_ARE_KEPT));
        for (Commit commit = manifests.get(state.n + 1); commit != null; commit = manifests.get(state.n + 1)) {
            state.take(commit);
        }
        return state;
    }

    @Override
    CommitOutcome execute(Life life, Commit sent, Delivery delivery) {
        if (transport == Transport.JSON) {
            Commit parsed = CommitJson.parse(CommitJson.text(sent));
            if (!parsed.equals(sent)) {
                throw new Violation("a commit is not the same after JSON: " + sent + " became " + parsed);
            }
            CommitOutcome first = take(life, parsed, delivery);
            CommitOutcome second = take(life, CommitJson.parse(CommitJson.text(sent)), Delivery.REPEATED);
            if (first instanceof CommitOutcome.Committed && !(second instanceof CommitOutcome.Committed)) {
                throw new Violation("the second delivery of a committed commit is refused: " + second);
            }
            return first;
        }
        return take(life, sent, delivery);
    }

    private CommitOutcome take(Life life, Commit commit, Delivery delivery) {
        long n = commit.head().n();
        while (true) {
            world.between(life);
            if (!world.has(Rule.BASE_DECIDES)
                    && manifests.containsKey(n)
                    && manifests.get(n).head().id().equals(commit.head().id())) {
                return new CommitOutcome.Committed(n);
            }
            FolderState state = read();
            if (!world.has(Rule.NUMBER_FOLLOWS) && !(commit instanceof Commit.Claim) && state.n >= n) {
                return take(life, Changed.numbered(commit, state.n + 1), delivery);
            }
            Optional<CommitOutcome> answer = decided(life, state, commit);
            if (answer.isPresent()) {
                return answer.get();
            }
            boolean recovers = world.has(Rule.RECOVERY_ROLLS_FORWARD) || !(commit instanceof Commit.Claim);
            if (recovers) {
                rollForward(life, state);
            }
            world.between(life);
            if (manifests.containsKey(n)) {
                continue;
            }
            if (commit instanceof Commit.Data data
                    && data.fragments().stream().anyMatch(f -> !staged.containsKey(f.description()))) {
                if (read().n >= n) {
                    continue;
                }
                world.judge.expect(false, "commit " + n + " names parts that are not there (R12)");
            }
            if (bases.isEmpty() || bases.lastKey() < n) {
                accepted(commit);
            }
            manifests.put(n, commit);
            if (delivery == Delivery.CUT_OFF) {
                return new CommitOutcome.Unknown(n, new IllegalStateException("cut off after the manifest"));
            }
            world.between(life);
            if (!bases.isEmpty() && bases.lastKey() >= n) {
                if (!world.has(Rule.BASE_DECIDES)) {
                    return new CommitOutcome.Unknown(n, new IllegalStateException("crashed"));
                }
                manifests.remove(n);
                continue;
            }
            FolderState after = read();
            if (after.n == n && recovers) {
                rollForward(life, after);
            }
            compact(life, n);
            return new CommitOutcome.Committed(n);
        }
    }

    private Optional<CommitOutcome> decided(Life life, FolderState state, Commit commit) {
        Decision decision = decide(state.progress, commit, f -> false);
        if (!world.has(Rule.ALREADY_IS_BY_ID)
                && commit instanceof Commit.Data data
                && !data.advances().isEmpty()) {
            ProgressView view = state.progress.view();
            boolean covered = data.generation().equals(view.live().id())
                    && data.advances().stream()
                            .allMatch(a -> view.live().position(a.split()).ordinal() >= a.to().ordinal());
            if (covered) {
                return Optional.of(new CommitOutcome.Committed(commit.head().n()));
            }
        }
        return switch (decision) {
            case Decision.Already already -> {
                if (world.has(Rule.ROLL_FORWARD_BEFORE_ANSWER)) {
                    rollForward(life, state);
                }
                yield Optional.of(new CommitOutcome.Committed(commit.head().n()));
            }
            case Decision.Refuse refuse ->
                Optional.of(new CommitOutcome.Stale(
                        state.progress.view(), state.progress.claimant(LaneId.FIRST), refuse.why()));
            case Decision.Accept accept -> Optional.empty();
        };
    }

    /// Makes visible what the last commit that isn't a claim decided: again is harmless.
    private void rollForward(Life life, FolderState state) {
        for (String part : state.reveals) {
            world.between(life);
            List<Long> ids = staged.get(part);
            if (ids != null) {
                shown.put(part, ids);
                world.judge.shown(part);
                if (showing == Showing.COPY) {
                    world.between(life);
                }
                if (world.has(Rule.NOTHING_LEFT_TO_COPY)) {
                    staged.remove(part);
                }
            }
        }
        if (!world.has(Rule.PUBLISH_TOUCHES_ITS_OWN) && state.replaces) {
            world.between(life);
            shown.keySet().retainAll(state.reveals);
            changed = true;
        }
        for (String part : state.removes) {
            world.between(life);
            if (world.has(Rule.NOTHING_LEFT_TO_COPY)) {
                staged.remove(part);
                if (showing == Showing.COPY) {
                    world.between(life);
                }
            }
            shown.remove(part);
            world.judge.removed(part);
        }
    }

    private void compact(Life life, long n) {
        if (n % BASE_EVERY != 0) {
            return;
        }
        FolderState state = read();
        if (state.n != n) {
            return;
        }
        world.between(life);
        bases.putIfAbsent(n, state);
        for (Long old : List.copyOf(manifests.headMap(n, true).keySet())) {
            world.between(life);
            manifests.remove(old);
        }
    }

    @Override
    List<Long> visible() {
        List<Long> all = new ArrayList<>();
        shown.values().forEach(all::addAll);
        return all;
    }

    @Override
    List<Long> named() {
        List<Long> all = new ArrayList<>();
        for (String part : read().live) {
            List<Long> ids = shown.getOrDefault(part, staged.get(part));
            if (ids == null) {
                throw new Violation("the manifests name a part that is gone: " + part);
            }
            all.addAll(ids);
        }
        return all;
    }

    @Override
    Progress truth() {
        return read().progress;
    }

    @Override
    void died(Life life) {}

    @Override
    Destination of(Life life) {
        return new Process(life);
    }

    private final class Process implements Destination {
        private final Life life;
        private Optional<CommitId> last = Optional.empty();

        Process(Life life) {
            this.life = life;
        }

        @Override
        public void check() {}

        @Override
        public Capabilities capabilities() {
            return new Capabilities(
                    Capabilities.Guarantee.EXACTLY_ONCE,
                    Fragment.Kind.DURABLE,
                    1,
                    Capabilities.Processes.MANY,
                    Set.of(Commit.Mode.APPEND),
                    Capabilities.Widenings.ANY);
        }

        @Override
        public ProgressView progress(StreamId stream) {
            world.between(life);
            return SimFolder.this.read(new RunId(life.run));
        }

        @Override
        public LaneWriter open(WriteRequest request) {
            return new SimWriter(
                    world,
                    life,
                    request.shipping(),
                    Fragment.Kind.DURABLE,
                    () -> request.claim() + "-" + request.run() + "-" + world.nextName(),
                    (name, rows) -> {
                        world.judge.staged(name);
                        staged.put(name, rows);
                    });
        }

        @Override
        public CommitOutcome commit(Commit commit) {
            boolean again = last.equals(Optional.of(commit.head().id()));
            last = Optional.of(commit.head().id());
            return SimFolder.this.commit(life, commit, again ? Delivery.REPEATED : Delivery.FIRST);
        }

        @Override
        public void sweep(Commit.Claim held) {
            FolderState state = read();
            List<String> orphans = staged.keySet().stream()
                    .filter(part -> !state.names(part))
                    .filter(part -> claim(part) < held.head().n())
                    .toList();
            for (String part : orphans) {
                world.between(life);
                staged.remove(part);
                world.judge.removed(part);
            }
            if (!world.has(Rule.SWEEP_BY_CLAIM)) {
                for (int i = 0; i < 6; i++) {
                    world.between(life);
                }
                staged.keySet().removeIf(part -> !state.names(part));
                changed = true;
            }
        }

        @Override
        public String location(StreamId stream) {
            return "folder";
        }

        @Override
        public void close() {}
    }

    private static long claim(String part) {
        return Long.parseLong(part.substring(0, part.indexOf('-')));
    }
}
