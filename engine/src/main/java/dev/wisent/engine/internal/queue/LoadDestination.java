package dev.wisent.engine.internal.queue;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.Role;
import dev.wisent.api.commit.SplitMap;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.commit.Splits;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.lake.LakeTable;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.internal.run.EngineRule;
import dev.wisent.engine.internal.run.Strands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One lane of the destination as a loader sees it: it shows how far the strands are loaded, and a commit of strands says, to
/// the destination itself, which ranges, counts, rejects and schema their cuts stood for.
final class LoadDestination implements Destination {
    /// The loader goes on with whatever generation is open: which one that is, the extraction has decided.
    static final String FINGERPRINT = "queue";

    private final Destination behind;
    private final LaneFeed feed;
    private final Entry.Strand any;
    private final Predicate<EngineRule> upholds;
    /// Commits whose answer is not known, as they were sent: the identical one is repeated (R4).
    private final Map<CommitId, Commit> sent = new LinkedHashMap<>();
    /// What the end markers of finished strands said.
    private final Set<String> ends = new HashSet<>();

    private List<SplitId> outdated = List.of();
    private GenerationView shown = GenerationView.EMPTY;
    private Optional<Schema> stored = Optional.empty();
    private Counts counts = Counts.NONE;
    private Statistics statistics = Statistics.NONE;
    private long claimed;

    LoadDestination(Destination behind, LaneFeed feed, Entry.Strand any, Predicate<EngineRule> upholds) {
        this.behind = behind;
        this.feed = feed;
        this.any = any;
        this.upholds = upholds;
    }

    /// What its commits hold, in the words of the extraction.
    synchronized Counts counts() {
        return counts;
    }

    private LaneId lane() {
        return any.lane();
    }

    @Override
    public Capabilities capabilities() {
        Capabilities all = behind.capabilities();
        return new Capabilities(all.guarantee(), all.fragments(), 1, all.processes(), all.modes(), all.widenings());
    }

    @Override
    public synchronized ProgressView progress(StreamId stream) {
        ProgressView view = behind.progress(stream);
        LaneView at = view.lane(lane());
        if (at.last() >= claimed && !isShown(at)) {
            throw superseded("a newer extraction has begun");
        }
        GenerationView filled = view.open().map(OpenGeneration::content).orElse(view.live());
        stored = filled.schema();
        own(filled).splits().values().stream()
                .filter(SplitView::finished)
                .forEach(strand -> ends.add(strand.position().token()));
        shown = filled;
        outdated = filled.startingWith(Strands.prefix(lane())).stream()
                .filter(strand -> !isOwn(strand))
                .toList();
        return new ProgressView(
                Map.of(LaneId.FIRST, at),
                own(view.live()),
                view.open().map(open -> new OpenGeneration(open.generation(), FINGERPRINT, own(open.content()))));
    }

    private boolean isShown(LaneView at) {
        return at.epoch() == any.epoch()
                && (!upholds.test(EngineRule.OTHER_HISTORY_IS_DROPPED)
                        || at.origin().equals(Optional.of(any.origin())));
    }

    /// Whether `strand` is loaded to its end, as far as the last progress showed.
    synchronized boolean isFinished(SplitId strand) {
        return shown.isFinished(strand);
    }

    private boolean isOwn(SplitId strand) {
        return strand.value().startsWith(Strands.prefix(lane(), any.epoch()));
    }

    private GenerationView own(GenerationView content) {
        Splits own = new Splits(SplitMap.EMPTY);
        content.startingWith(Strands.prefix(lane(), any.epoch()))
                .forEach(id -> own.put(
                        id, Optional.ofNullable(content.splits().get(id)).orElseThrow()));
        return content.withSplits(own.map());
    }

    private static WisentException superseded(String why) {
        return WisentException.of(ErrorCode.TAKEN_OVER, why);
    }

    @Override
    public LaneWriter open(WriteRequest request) {
        return behind.open(new WriteRequest(
                request.stream(),
                lane(),
                request.run(),
                request.claim(),
                request.worker(),
                request.generation(),
                request.shipping(),
                request.primaryKey()));
    }

    @Override
    public CommitOutcome commit(Commit commit) {
        if (commit instanceof Commit.Publish && (!lane().equals(LaneId.FIRST) || isIncomplete())) {
            return new CommitOutcome.Committed(commit.head().n());
        }
        Commit told = told(commit);
        CommitOutcome outcome = behind.commit(told);
        return switch (outcome) {
            case CommitOutcome.Committed in -> {
                isIn(told);
                yield in;
            }
            case CommitOutcome.Stale refused ->
                new CommitOutcome.Stale(
                        new ProgressView(
                                Map.of(LaneId.FIRST, refused.actual().lane(lane())),
                                own(refused.actual().live()),
                                Optional.empty()),
                        refused.by(),
                        refused.why());
            case CommitOutcome.Unknown unknown -> unknown;
        };
    }

    /// A failed or stopped extraction publishes nothing; what is complete, the first lane's loader publishes.
    private synchronized boolean isIncomplete() {
        return upholds.test(EngineRule.END_CARRIES_THE_OUTCOME) && !ends.contains(End.Outcome.COMPLETE.name());
    }

    private synchronized void isIn(Commit told) {
        sent.remove(told.head().id());
        statistics = statistics.plus(behind.statistics(told));
        if (told instanceof Commit.Data data) {
            counts = counts.plus(data.change().counts());
            data.advances().stream()
                    .filter(advance -> advance.finished() && isOwn(advance.split()))
                    .forEach(advance -> ends.add(advance.to().token()));
            data.change().schema().ifPresent(schema -> stored = Optional.of(schema));
            outdated = List.of();
        }
    }

    private synchronized Commit told(Commit commit) {
        Commit known = sent.get(commit.head().id());
        if (known != null) {
            return known;
        }
        Head head = commit.head();
        Head there = new Head(head.id(), head.stream(), lane(), head.n(), head.run());
        Commit told = switch (commit) {
            case Commit.Claim claim -> {
                claimed = head.n();
                Claimant by = claim.by();
                yield new Commit.Claim(there, new Claimant(by.run(), by.host(), by.pid(), by.at(), Role.WRITE));
            }
            case Commit.Data data -> data(there, data);
            case Commit.Publish publish -> new Commit.Publish(there, publish.generation());
            case Commit.Begin begin -> throw superseded("the generation the messages belong to is no longer open");
            case Commit.Drop drop -> throw superseded("another generation is open than the messages belong to");
        };
        sent.put(head.id(), told);
        return told;
    }

    private Commit.Data data(Head there, Commit.Data data) {
        List<Advance> advances = new ArrayList<>(data.advances());
        Map<SplitId, Advance> ranges = new LinkedHashMap<>();
        List<SplitId> forgotten = new ArrayList<>(outdated);
        List<RejectFile> rejects = new ArrayList<>();
        Counts sum = Counts.NONE;
        Optional<StreamSchema> grown = stored.map(StreamSchema::new);
        for (Advance strand : data.advances()) {
            for (Commit.Data cut : cuts(strand)) {
                if (!cut.generation().equals(data.generation())) {
                    throw superseded("the messages belong to another generation");
                }
                cut.advances().forEach(advance -> ranges.merge(advance.split(), advance, LoadDestination::join));
                forgotten.addAll(cut.change().forgotten());
                rejects.addAll(cut.change().rejects());
                sum = sum.plus(cut.change().counts());
                grown = grow(grown, cut.change().schema());
            }
        }
        long written = data.change().counts().written();
        if (sum.written() != written) {
            throw WisentException.of(
                    ErrorCode.LEDGER, "the cuts count " + sum.written() + " rows, but " + written + " were loaded");
        }
        advances.addAll(ranges.values());
        Optional<Schema> schema = grown.map(StreamSchema::current).filter(now -> !stored.equals(Optional.of(now)));
        Counts counted = new Counts(
                sum.read(),
                sum.added(),
                sum.written(),
                sum.rejected(),
                sum.filtered(),
                sum.deduplicated(),
                sum.discardedValues(),
                sum.bytesRead(),
                data.change().counts().bytesWritten());
        return new Commit.Data(
                there,
                data.generation(),
                data.mode(),
                advances,
                data.fragments(),
                new Change(schema, forgotten, counted, rejects));
    }

    private Collection<Commit.Data> cuts(Advance strand) {
        int number = Integer.parseInt(strand.split()
                .value()
                .substring(Strands.prefix(lane(), any.epoch()).length()));
        return feed.cuts(number, strand.from().ordinal(), strand.to().ordinal());
    }

    private static Optional<StreamSchema> grow(Optional<StreamSchema> known, Optional<Schema> newer) {
        if (known.isEmpty()) {
            return newer.map(StreamSchema::new);
        }
        newer.ifPresent(schema -> known.get().evolve(schema.fields()));
        return known;
    }

    private static Advance join(Advance first, Advance second) {
        if (!first.to().equals(second.from())) {
            throw new IllegalStateException("cuts of " + first.split() + " leave a gap: " + first + ", " + second);
        }
        return new Advance(first.split(), first.from(), second.to(), second.finished());
    }

    @Override
    public void check() {
        behind.check();
    }

    @Override
    public void sweep(Commit.Claim held) {
        Head head = held.head();
        behind.sweep(new Commit.Claim(new Head(head.id(), head.stream(), lane(), head.n(), head.run()), held.by()));
    }

    @Override
    public String location(StreamId stream) {
        return behind.location(stream);
    }

    @Override
    public Optional<LakeTable> lakeTable(StreamId stream) {
        return behind.lakeTable(stream);
    }

    @Override
    public Optional<String> cannotHold(Set<TargetId> targets) {
        return behind.cannotHold(targets);
    }

    @Override
    public Optional<List<String>> ddl(
            StreamId stream, TargetId target, Schema columns, List<String> mergedBy, Optional<Generation.Kind> hidden) {
        return behind.ddl(stream, target, columns, mergedBy, hidden);
    }

    @Override
    public Optional<ReadBack> readBack(FileFormats formats) {
        return behind.readBack(formats);
    }

    /// None: the commit it really makes is another than the one it is asked about. See [#committedStatistics()].
    @Override
    public Statistics statistics(Commit commit) {
        return Statistics.NONE;
    }

    synchronized Statistics committedStatistics() {
        return statistics;
    }

    @Override
    public List<String> warnings(StreamId stream) {
        return behind.warnings(stream);
    }

    @Override
    public void close() {}
}
