package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Origin;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.run.CutByCut;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// What an extraction writes to: rows and cuts go into the queue; claims, the beginning and the end of a generation go to the
/// destination behind it, before anything is in the queue. A publication is only noted: it is the loader's.
public final class ExtractDestination implements CutByCut {
    private record Place(LaneId lane, int strand) {}

    private final Destination behind;
    private final Publisher publisher;
    private final String job;
    private final int workers;
    private final int blockBytes;
    private final Map<Place, OpenStrand> strands = new ConcurrentHashMap<>();
    private final Map<LaneId, Commit.Claim> claims = new ConcurrentHashMap<>();
    /// The id of each lane's first commit: what tells this destination's messages from another one's.
    private final Map<LaneId, CommitId> histories = new ConcurrentHashMap<>();
    private volatile Optional<Schema> schema = Optional.empty();
    private volatile Optional<GenerationId> published = Optional.empty();

    /// @param workers how many workers the extraction has
    /// @param blockBytes see [StrandWriter]
    ExtractDestination(Destination behind, Publisher publisher, String job, int workers, int blockBytes) {
        this.behind = behind;
        this.publisher = publisher;
        this.job = job;
        this.workers = workers;
        this.blockBytes = blockBytes;
    }

    /// The strands of the current claims.
    List<OpenStrand> strands() {
        return List.copyOf(strands.values());
    }

    /// The generation the run would have published.
    Optional<GenerationId> published() {
        return published;
    }

    /// All workers share a single lane; of several, each is one worker's.
    private int strandOf(int worker) {
        return capabilities().lanes() == 1 ? worker : 0;
    }

    private int strandsOfALane() {
        return capabilities().lanes() == 1 ? workers : 1;
    }

    private OpenStrand strand(LaneId lane, int number) {
        return Optional.ofNullable(strands.get(new Place(lane, number))).orElseThrow();
    }

    @Override
    public boolean awaitsCut(LaneId lane, int worker) {
        return strand(lane, strandOf(worker)).awaitsCut();
    }

    @Override
    public LaneWriter open(WriteRequest request) {
        return new StrandWriter(
                strand(request.lane(), strandOf(request.worker())), publisher, request.shipping(), blockBytes);
    }

    @Override
    public CommitOutcome commit(Commit commit) {
        return switch (commit) {
            case Commit.Claim claim -> claimed(claim);
            case Commit.Begin begin -> behind.commit(begin);
            case Commit.Drop drop -> behind.commit(drop);
            case Commit.Data data -> {
                cut(data);
                yield new CommitOutcome.Committed(data.head().n());
            }
            case Commit.Publish publish -> {
                published = Optional.of(publish.generation());
                yield new CommitOutcome.Committed(publish.head().n());
            }
        };
    }

    private CommitOutcome claimed(Commit.Claim claim) {
        CommitOutcome outcome = behind.commit(claim);
        if (outcome instanceof CommitOutcome.Committed(long n)) {
            LaneId lane = claim.head().lane();
            strands.keySet().removeIf(place -> place.lane().equals(lane));
            claims.put(lane, claim);
            if (n == 1) {
                histories.put(lane, claim.head().id());
            }
            Optional.ofNullable(histories.get(lane)).ifPresent(history -> begin(claim, history));
        }
        return outcome;
    }

    private void begin(Commit.Claim claim, CommitId history) {
        LaneId lane = claim.head().lane();
        Origin origin = new Origin(history, claim.head().id());
        int of = strandsOfALane();
        IntStream.range(0, of)
                .forEach(number -> strands.put(
                        new Place(lane, number),
                        new OpenStrand(new Entry.Strand(job, lane, claim.head().n(), origin, number, of))));
    }

    /// Strands begin with the first read behind their lane's claim, which comes before anything is written: it tells the
    /// history.
    private void begin(ProgressView view) {
        claims.forEach((lane, claim) -> view.lane(lane)
                .origin()
                .filter(origin -> origin.extraction().equals(claim.head().id()))
                .filter(origin -> !origin.history().equals(histories.put(lane, origin.history())))
                .ifPresent(origin -> begin(claim, origin.history())));
    }

    /// Every cut says which schema holds, for their order is that of their strand alone (R6).
    private void cut(Commit.Data data) {
        Change change = data.change();
        change.schema().ifPresent(newer -> schema = Optional.of(newer));
        Fragment fragment = data.fragments().getFirst();
        StrandWriter.Place place = StrandWriter.Place.of(fragment);
        OpenStrand strand = strand(data.head().lane(), place.strand());
        if (strand.strand.epoch() != place.epoch()) {
            throw new IllegalStateException("a cut of an older claim: " + fragment.description());
        }
        Commit.Data told = new Commit.Data(
                data.head(),
                data.generation(),
                data.mode(),
                data.advances(),
                List.of(),
                new Change(change.schema().or(() -> schema), change.forgotten(), change.counts(), change.rejects()));
        byte[] json = CommitJson.text(told).getBytes(StandardCharsets.UTF_8);
        publisher.once(new Entry(strand.strand, place.seq(), Entry.Kind.CUT, json));
        strand.cutIsIn(place.seq());
    }

    /// Puts the end marker into every strand.
    void end(End.Outcome outcome) {
        if (!histories.keySet().containsAll(claims.keySet())) {
            claims.values().stream()
                    .map(claim -> claim.head().stream())
                    .findAny()
                    .ifPresent(this::progress);
        }
        List<SplitId> all = strands.values().stream()
                .map(open -> open.strand.split())
                .sorted(java.util.Comparator.comparing(SplitId::value))
                .toList();
        byte[] marker = new End(outcome, all).bytes();
        strands.values()
                .forEach(open -> publisher.patiently(new Entry(open.strand, open.lastCut(), Entry.Kind.END, marker)));
    }

    @Override
    public void check() {
        behind.check();
    }

    @Override
    public Capabilities capabilities() {
        return behind.capabilities();
    }

    @Override
    public ProgressView progress(StreamId stream) {
        ProgressView view = behind.progress(stream);
        begin(view);
        return view;
    }

    @Override
    public void sweep(Commit.Claim held) {
        behind.sweep(held);
    }

    @Override
    public String location(StreamId stream) {
        return behind.location(stream);
    }

    @Override
    public void close() {}
}
