package dev.wisent.testkit.connector;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.columnar.RecordBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/// One run against a destination, which numbers its commits as the engine does; for tests of what a contract does not cover.
/// Commits are made by the caller: most methods only make the next one. One thread.
public final class WritingRun implements AutoCloseable {
    /// The stream of all these runs.
    public static final StreamId STREAM = new StreamId("orders");

    private static final AtomicLong RUNS = new AtomicLong();
    private static final AtomicLong SPLITS = new AtomicLong();

    private final Destination destination;
    private final RunId id = new RunId("run" + RUNS.incrementAndGet());
    private final Progress model;
    private LaneId lane = LaneId.FIRST;
    private long last;
    private long claim;
    private long commits;
    private Optional<LaneWriter> writer = Optional.empty();
    private GenerationId writing = GenerationId.FIRST;

    private WritingRun(Destination destination, Progress model) {
        this.destination = destination;
        this.model = model;
    }

    /// A run that has claimed nothing yet. What it commits is applied to `model` too.
    public static WritingRun on(Destination destination, Progress model) {
        return new WritingRun(destination, model);
    }

    public Destination destination() {
        return destination;
    }

    public RunId id() {
        return id;
    }

    /// The number of the last commit it made or tried.
    public long last() {
        return last;
    }

    /// It writes to this lane: said before anything else.
    public WritingRun in(LaneId lane) {
        this.lane = lane;
        return this;
    }

    /// Goes on under `n + 1` next: as if it had not seen what came since.
    public WritingRun at(long n) {
        last = n;
        return this;
    }

    /// Claims the lane after whoever had it.
    public WritingRun claimed() {
        last = destination.progress(STREAM).lane(lane).last();
        committed(claim());
        return this;
    }

    /// The next commit: a claim.
    public Commit.Claim claim() {
        Head head = next();
        claim = head.n();
        return new Commit.Claim(head, new Claimant(id, "here", 1, Instant.EPOCH, Role.READ));
    }

    /// The next commit: it begins a generation named after its number.
    public Commit.Begin begin(Generation.Kind kind) {
        Head head = next();
        return new Commit.Begin(
                head,
                new Generation(new GenerationId(head.n()), kind),
                "fingerprint",
                new StreamState("{\"cut\":\"at 7\"}"));
    }

    /// The next commit: `fragments` of a split nobody has read before, to its end.
    public Commit.Data data(GenerationId generation, List<Fragment> fragments) {
        return data(
                generation,
                new Advance(
                        new SplitId("split" + SPLITS.incrementAndGet()),
                        Position.START,
                        new Position(rows(fragments), "{\"token\":1}"),
                        true),
                fragments);
    }

    /// The next commit: `fragments` of a range.
    public Commit.Data data(GenerationId generation, Advance advance, List<Fragment> fragments) {
        long rows = rows(fragments);
        Counts counts = new Counts(rows, 0, rows, 0, 0, 0, 0, rows * 10, rows * 12);
        Change change = new Change(Optional.empty(), List.of(), counts, List.of());
        return new Commit.Data(next(), generation, Commit.Mode.APPEND, List.of(advance), fragments, change);
    }

    private static long rows(List<Fragment> fragments) {
        return fragments.stream().mapToLong(Fragment::rows).sum();
    }

    public Commit.Publish publish(GenerationId generation) {
        return new Commit.Publish(next(), generation);
    }

    public Commit.Drop drop(GenerationId generation) {
        return new Commit.Drop(next(), generation);
    }

    private Head next() {
        last++;
        return new Head(new CommitId(id + "-" + ++commits), STREAM, lane, last, id);
    }

    /// Writes and cuts: fragments that nobody sees yet, for the live generation.
    public List<Fragment> write(TargetId target, RecordBatch... batches) {
        return write(live(), target, List.of(batches));
    }

    /// As [#write(TargetId,RecordBatch...)], for `generation`; each batch is asked for when the one before was written.
    public List<Fragment> write(GenerationId generation, TargetId target, List<RecordBatch> batches) {
        LaneWriter to = writer(generation);
        for (RecordBatch batch : batches) {
            to.target(target, batch.schema()).write(batch);
        }
        try {
            return to.flush().fragments().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /// The writer of this run for the live generation, under its claim.
    public LaneWriter writer() {
        return writer(live());
    }

    /// Sessions and tables are of one generation, so each has a writer of its own.
    private LaneWriter writer(GenerationId generation) {
        if (writer.isEmpty() || !writing.equals(generation)) {
            close();
            writer = Optional.of(
                    destination.open(new WriteRequest(STREAM, lane, id, claim, 0, generation, Shipping.inline())));
            writing = generation;
        }
        return writer.get();
    }

    /// Hands the commit in and requires that it gets in.
    public WritingRun committed(Commit commit) {
        CommitOutcome outcome = destination.commit(commit);
        if (!outcome.equals(new CommitOutcome.Committed(commit.head().n()))) {
            throw new AssertionError("should have been committed: " + commit + ", but: " + outcome);
        }
        model.apply(commit);
        if (commit instanceof Commit.Publish) {
            // What was hidden is live now: whoever writes on opens a writer for that
            close();
        }
        return this;
    }

    /// Hands a commit in again that is in, and requires the same answer.
    public WritingRun again(Commit commit) {
        CommitOutcome outcome = destination.commit(commit);
        if (!outcome.equals(new CommitOutcome.Committed(commit.head().n()))) {
            throw new AssertionError("is in already: " + commit + ", but: " + outcome);
        }
        return this;
    }

    /// Hands the commit in and requires that it is refused.
    public CommitOutcome.Stale stale(Commit commit) {
        CommitOutcome outcome = destination.commit(commit);
        if (outcome instanceof CommitOutcome.Stale stale) {
            return stale;
        }
        throw new AssertionError("should have been refused: " + commit + ", but: " + outcome);
    }

    /// The live generation, as the destination shows it.
    public GenerationId live() {
        return destination.progress(STREAM).live().id();
    }

    /// Ends the writer.
    @Override
    public void close() {
        writer.ifPresent(LaneWriter::close);
        writer = Optional.empty();
    }
}
