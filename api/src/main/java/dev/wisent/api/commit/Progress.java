package dev.wisent.api.commit;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// The progress of one stream, and the rules by which a commit is taken or refused. A destination keeps it however
/// it likes (a row, a log entry,
/// manifests), and inside its atomic step asks [#decide], then stores what [#apply] made: it never re-implements
/// the rules.
///
/// Not safe for several threads. Deterministic: the same commits applied in the same order give the same state, on
/// any machine.
public final class Progress {
    private final TreeMap<LaneId, Lane> lanes = new TreeMap<>();
    private Content live = new Content(GenerationId.FIRST, StreamState.EMPTY, Optional.empty());
    private Optional<Open> open = Optional.empty();

    /// The rules, in their order: the same commit again is in; a wrong number, a range that starts
    /// elsewhere, or a generation in
    /// the wrong state is refused; anything else is taken. `sessionGone` tells of a fragment whether the session it
    /// lived in has ended.
    public Decision decide(Commit commit, Predicate<Fragment> sessionGone) {
        Head head = commit.head();
        Lane lane = lanes.getOrDefault(head.lane(), Lane.UNTOUCHED);
        if (lane.ids.find(head.n()).equals(Optional.of(head.id()))) {
            return new Decision.Already();
        }
        if (head.n() != lane.last() + 1) {
            return new Decision.Refuse("lane " + head.lane() + " stands at " + lane.last() + ", so commit " + head.n()
                    + " does not follow");
        }
        return switch (commit) {
            case Commit.Claim claim -> new Decision.Accept();
            case Commit.Begin begin ->
                open.<Decision>map(o -> new Decision.Refuse("generation " + o.content.id + " is open"))
                        .orElseGet(Decision.Accept::new);
            case Commit.Data data -> decideData(data, sessionGone);
            case Commit.Publish publish -> decideOpen(publish.generation());
            case Commit.Drop drop -> decideOpen(drop.generation());
        };
    }

    private Decision decideData(Commit.Data data, Predicate<Fragment> sessionGone) {
        Optional<Content> content = content(data.generation());
        if (content.isEmpty()) {
            return new Decision.Refuse("generation " + data.generation() + " is neither open nor live");
        }
        for (Advance advance : data.advances()) {
            SplitView stands = content.get().split(advance.split());
            if (stands.finished()) {
                return new Decision.Refuse("split " + advance.split() + " is finished");
            }
            if (!stands.position().equals(advance.from())) {
                return new Decision.Refuse(
                        "split " + advance.split() + " stands at " + stands.position() + ", not at " + advance.from());
            }
        }
        if (data.fragments().stream().anyMatch(sessionGone)) {
            return new Decision.Refuse("the session that held the rows has ended");
        }
        return new Decision.Accept();
    }

    private Decision decideOpen(GenerationId generation) {
        return open.filter(o -> o.content.id.equals(generation)).isPresent()
                ? new Decision.Accept()
                : new Decision.Refuse("generation " + generation + " is not open");
    }

    /// Takes a commit that [#decide] accepted, or that a destination's log shows as taken.
    public void apply(Commit commit) {
        Head head = commit.head();
        Lane lane = lanes.computeIfAbsent(head.lane(), l -> new Lane());
        lane.ids.put(head.n(), head.id());
        switch (commit) {
            case Commit.Claim claim -> lane.claim(head.n(), claim.by());
            case Commit.Begin begin ->
                open = Optional.of(new Open(begin.generation(), begin.fingerprint(), begun(begin)));
            case Commit.Data data -> content(data.generation()).ifPresent(content -> content.take(data));
            case Commit.Publish publish ->
                open.ifPresent(o -> {
                    if (o.generation.kind() == Generation.Kind.REPLACE) {
                        live = o.content;
                    } else {
                        live.join(o.content);
                    }
                    open = Optional.empty();
                });
            case Commit.Drop drop -> open = Optional.empty();
        }
    }

    /// A copy for readers; it costs little, however many splits there are.
    public ProgressView view() {
        Map<LaneId, LaneView> views = new TreeMap<>();
        lanes.forEach((id, lane) -> views.put(id, lane.view()));
        return new ProgressView(
                Map.copyOf(views),
                live.view(),
                open.map(o -> new OpenGeneration(o.generation, o.fingerprint, o.content.view())));
    }

    /// The last number of `lane`; 0 when it was never claimed.
    public long last(LaneId lane) {
        return lanes.getOrDefault(lane, Lane.UNTOUCHED).last();
    }

    public Optional<Claimant> claimant(LaneId lane) {
        return lanes.getOrDefault(lane, Lane.UNTOUCHED).claimant;
    }

    /// The number of the claim that `lane` stands under; 0 when it was never claimed.
    public long claimedAt(LaneId lane) {
        return lanes.getOrDefault(lane, Lane.UNTOUCHED).claimedAt;
    }

    /// The ids of all commits of `lane`, by number.
    public Map<Long, CommitId> ids(LaneId lane) {
        Map<Long, CommitId> ids = new TreeMap<>();
        forEachId(lane, ids::put);
        return Collections.unmodifiableMap(ids);
    }

    /// The ids of all commits of `lane`, in the order of their numbers, one at a time.
    void forEachId(LaneId lane, BiConsumer<Long, CommitId> each) {
        lanes.getOrDefault(lane, Lane.UNTOUCHED).ids.forEach(each);
    }

    /// A state read back from storage: the inverse of [#view] and [#ids].
    public static Progress restore(ProgressView view, Map<LaneId, Map<Long, CommitId>> ids) {
        Map<LaneId, CommitIds> packed = new TreeMap<>();
        ids.forEach((lane, stored) -> {
            CommitIds all = packed.computeIfAbsent(lane, l -> new CommitIds());
            new TreeMap<>(stored).forEach(all::put);
        });
        return restored(view, packed);
    }

    static Progress restored(ProgressView view, Map<LaneId, CommitIds> ids) {
        Progress progress = new Progress();
        view.lanes().forEach((id, stored) -> {
            Lane lane = new Lane(ids.getOrDefault(id, new CommitIds()));
            lane.claimant = stored.claimant();
            lane.claimedAt = stored.claimedAt();
            lane.epoch = stored.epoch();
            progress.lanes.put(id, lane);
        });
        progress.live = Content.of(view.live(), Optional.empty());
        progress.open = view.open()
                .map(o -> new Open(
                        o.generation(),
                        o.fingerprint(),
                        Content.of(
                                o.content(),
                                o.generation().kind() == Generation.Kind.APPEND
                                        ? Optional.of(progress.live)
                                        : Optional.empty())));
        return progress;
    }

    private Content begun(Commit.Begin begin) {
        Optional<Content> base =
                begin.generation().kind() == Generation.Kind.APPEND ? Optional.of(live) : Optional.empty();
        return new Content(begin.generation().id(), begin.opening(), base);
    }

    private Optional<Content> content(GenerationId generation) {
        if (generation.equals(live.id)) {
            return Optional.of(live);
        }
        return open.map(o -> o.content).filter(c -> c.id.equals(generation));
    }

    private static final SplitView NEVER_READ = new SplitView(Position.START, false);

    private record Open(Generation generation, String fingerprint, Content content) {}

    private static final class Lane {
        static final Lane UNTOUCHED = new Lane();

        final CommitIds ids;
        Optional<Claimant> claimant = Optional.empty();
        long claimedAt;
        long epoch;

        Lane() {
            this(new CommitIds());
        }

        Lane(CommitIds ids) {
            this.ids = ids;
        }

        long last() {
            return ids.last();
        }

        void claim(long n, Claimant by) {
            claimant = Optional.of(by);
            claimedAt = n;
            if (by.role() == Role.READ) {
                epoch = n;
            }
        }

        LaneView view() {
            Optional<Origin> origin =
                    ids.find(1).flatMap(first -> ids.find(epoch).map(read -> new Origin(first, read)));
            return new LaneView(last(), claimant, claimedAt, epoch, origin);
        }
    }

    private static final class Content {
        final GenerationId id;
        final StreamState opening;
        /// Where splits stand that this generation did not touch yet: the live content it will join.
        final Optional<Content> base;
        final Splits splits;
        final List<RejectFile> rejects = new ArrayList<>();
        Optional<Schema> schema = Optional.empty();
        Counts counts = Counts.NONE;

        Content(GenerationId id, StreamState opening, Optional<Content> base) {
            this(id, opening, base, SplitMap.EMPTY);
        }

        private Content(GenerationId id, StreamState opening, Optional<Content> base, SplitMap splits) {
            this.id = id;
            this.opening = opening;
            this.base = base;
            this.splits = new Splits(splits);
        }

        static Content of(GenerationView view, Optional<Content> base) {
            Content content = new Content(view.id(), view.opening(), base, SplitMap.copyOf(view.splits()));
            content.rejects.addAll(view.rejects());
            content.schema = view.schema();
            content.counts = view.counts();
            return content;
        }

        SplitView split(SplitId split) {
            return splits.find(split)
                    .or(() -> base.flatMap(b -> b.splits.find(split)))
                    .orElse(NEVER_READ);
        }

        void take(Commit.Data data) {
            for (Advance advance : data.advances()) {
                splits.put(advance.split(), new SplitView(advance.to(), advance.finished()));
            }
            data.change().forgotten().forEach(splits::remove);
            data.change().schema().ifPresent(s -> schema = Optional.of(s));
            counts = counts.plus(data.change().counts());
            rejects.addAll(data.change().rejects());
        }

        void join(Content other) {
            splits.putAll(other.splits.map());
            other.schema.ifPresent(s -> schema = Optional.of(s));
            counts = counts.plus(other.counts);
            rejects.addAll(other.rejects);
        }

        GenerationView view() {
            return new GenerationView(id, splits.map(), schema, opening, counts, List.copyOf(rejects));
        }
    }
}
