package dev.wisent.engine.internal.queue;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.Origin;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Traits;
import dev.wisent.engine.internal.run.EngineRule;
import dev.wisent.engine.internal.run.RejectLog;
import dev.wisent.engine.internal.run.ResetLog;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.Strands;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import dev.wisent.engine.plugin.PluginFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Loads one lane: waits for messages of the extraction the destination names, then runs an engine whose source they are, until
/// the extraction's end marker is committed. A newer extraction, and rows that are taken back, begin a new run of it from what
/// is committed; so does a lane that another loader had and left alone.
public final class LaneLoader extends Task {
    private static final int LOOKS = 20;
    /// A broker gives the messages of a loader that is frozen to another one only when it takes it for dead.
    private static final int MOST_GAPS = 6;
    /// Bytes of entries a worker has before it: enough to be busy while more come. What waits for long is moved by the
    /// collector.
    private static final long READ_AHEAD = 4 << 20;

    private static final long SHORTEST_PAUSE_NANOS = 2_000_000;

    private final Loading loading;
    private final Host host;
    private final Strays strays;
    private final LaneFeed feed;
    private final List<String> warnings = new ArrayList<>();
    private Optional<StreamRun> running = Optional.empty();
    private Optional<LoadDestination> writing = Optional.empty();
    private Counts counts = Counts.NONE;
    private Statistics statistics = Statistics.NONE;
    private long commits;
    private long notBefore = Long.MIN_VALUE;
    /// For how long no message is asked for after none came: twice as long each time.
    private long pauseNanos = SHORTEST_PAUSE_NANOS;
    private long nextLook = Long.MIN_VALUE;
    private long nextDoubt = Long.MIN_VALUE;
    private boolean othersEnded;
    /// Present while the lane is another loader's.
    private Optional<StandBy> standing;
    private boolean lost;
    private int gaps;
    /// The extraction that is being loaded, and the last one that was loaded to its end.
    private Optional<Origin> extraction = Optional.empty();
    private Optional<Origin> loaded = Optional.empty();
    private volatile boolean stopWanted;
    private volatile boolean stopped;
    private volatile Optional<StreamResult> result = Optional.empty();

    public LaneLoader(Loading loading) {
        super("load-" + loading.lane());
        this.loading = loading;
        this.host = loading.services().host();
        this.standing =
                loading.place() == Loading.Place.OWN ? Optional.empty() : Optional.of(new StandBy(loading.patience()));
        this.strays = new Strays(
                "lane " + loading.lane() + " of '" + loading.name() + "'",
                this::upholds,
                loading.warn(),
                loading.job().timing().retryBudget());
        this.feed = new LaneFeed(FedLane.of(loading), this::upholds, strays, this::mayEnd, this::seemsAnothers);
    }

    /// What is open is brought to a safe stand and committed; what is left in the queue stays there. Any thread.
    public void stop() {
        stopWanted = true;
        running.ifPresent(StreamRun::stop);
        wake();
    }

    /// How it ended; empty while it loads. A lane that was loaded to the end of its extraction has a result, and has none again
    /// when a newer extraction begins: all lanes of a loader are done when all have one at the same time, and are then told to
    /// stop. Any thread.
    public Optional<StreamResult> result() {
        return result;
    }

    private boolean upholds(EngineRule rule) {
        return !loading.services().without().contains(rule);
    }

    @Override
    public Turn turn() {
        try {
            return running.isPresent() ? watch(running.get()) : await();
        } catch (WisentException e) {
            // One that is to stop and has nothing open does so in its next turn.
            if (e.isTransient() && (!stopWanted || running.isEmpty())) {
                return new Turn.Idle(host.nanos() + loading.look().toNanos());
            }
            return finish(StreamResult.Status.FAILED, Optional.of(e));
        } catch (RuntimeException | Error e) {
            return finish(
                    StreamResult.Status.FAILED,
                    PluginFailure.known(e)
                            .or(() -> Optional.of(WisentException.of(ErrorCode.INTERNAL, "the loader failed: " + e)
                                    .causedBy(e))));
        }
    }

    private Turn await() {
        if (stopWanted && result.isPresent()) {
            return done();
        }
        if (stopWanted) {
            return finish(StreamResult.Status.INTERRUPTED, Optional.empty());
        }
        if (host.nanos() < notBefore) {
            return new Turn.Idle(notBefore);
        }
        return standing.isPresent() ? standBy(standing.get()) : receive();
    }

    private Turn receive() {
        Optional<Frame> next = feed.peek(host.pollWait());
        if (next.isEmpty()) {
            Turn pause = later(pauseNanos);
            pauseNanos = Math.min(2 * pauseNanos, loading.look().toNanos());
            return pause;
        }
        pauseNanos = SHORTEST_PAUSE_NANOS;
        return receive(next.get(), progress());
    }

    private Turn receive(Frame next, ProgressView view) {
        LaneView lane = view.lane(loading.lane());
        boolean claimed = !Loaded.toTheEnd(view, loading.lane());
        Strays.Verdict verdict = strays.of(next.strand(), lane, claimed, host.nanos());
        if (verdict == Strays.Verdict.LATER) {
            return later(loading.look().toNanos());
        }
        if (verdict == Strays.Verdict.DROP
                || loaded.equals(Optional.of(next.strand().origin()))) {
            feed.drop();
        } else {
            begin(next.strand(), view);
        }
        return Turn.BUSY;
    }

    /// Looks whether whoever has the lane still loads it, and takes it if not. No message is asked for before that: some queues
    /// give it to nobody else meanwhile.
    private Turn standBy(StandBy standing) {
        ProgressView view = progress();
        LaneView lane = view.lane(loading.lane());
        if (loading.place() == Loading.Place.OWN && !isAnothers(lane)) {
            this.standing = Optional.empty();
            return Turn.BUSY;
        }
        if (lost) {
            lost = false;
            lane.claimant()
                    .filter(by -> isAnothers(lane))
                    .ifPresent(by -> loading.warn()
                            .accept("lane " + loading.lane() + " was taken over by run " + by.run()
                                    + " on " + by.host() + ", process " + by.pid()
                                    + ": what was not committed here is loaded there"));
        }
        boolean finished = Loaded.toTheEnd(view, loading.lane());
        boolean still = standing.isStill(lane, host.nanos());
        if (!still) {
            feed.close();
        }
        Optional<Frame> next = still ? feed.peek(host.pollWait()) : Optional.empty();
        next = next.filter(message -> !finished || strays.lineage(message.strand(), lane) != Lineage.FOREIGN);
        if (next.isPresent() && isDone(next.get(), view)) {
            feed.drop();
            return Turn.BUSY;
        }
        if (next.isPresent() && !standing.hasWaited(host.nanos())) {
            // It may have come just now, and is then the other one's.
            feed.close();
            return seldom();
        }
        if (next.isPresent()) {
            standing.taken();
            return receive(next.get(), view);
        }
        boolean ended = finished && (still || destination().capabilities().lanes() > 1);
        result = ended ? Optional.of(ended(StreamResult.Status.SUCCEEDED, Optional.empty())) : Optional.empty();
        return seldom();
    }

    private boolean isDone(Frame message, ProgressView view) {
        Lineage lineage = strays.lineage(message.strand(), view.lane(loading.lane()));
        return lineage == Lineage.OLDER || (lineage == Lineage.CURRENT && Loaded.holds(view, message));
    }

    private ProgressView progress() {
        return destination().progress(loading.job().stream());
    }

    private boolean isAnothers(LaneView lane) {
        return lane.claimant()
                .filter(by -> by.role() == Role.WRITE
                        && !by.run().equals(loading.job().run()))
                .isPresent();
    }

    private boolean seemsAnothers() {
        if (host.nanos() < nextDoubt) {
            return false;
        }
        nextDoubt = host.nanos() + loading.look().toNanos();
        return isAnothers(progress().lane(loading.lane()));
    }

    /// While another loader works there is little to see.
    private Turn seldom() {
        notBefore = host.nanos()
                + Math.max(loading.look().toNanos(), loading.patience().toNanos() / LOOKS);
        return new Turn.Idle(notBefore);
    }

    private Turn later(long nanos) {
        notBefore = host.nanos() + nanos;
        return new Turn.Idle(notBefore);
    }

    private Destination destination() {
        return loading.services().destination();
    }

    private void begin(Entry.Strand any, ProgressView view) {
        othersEnded = false;
        result = Optional.empty();
        extraction = Optional.of(any.origin());
        feed.begin(any);
        LoadDestination lane = new LoadDestination(destination(), feed, any, this::upholds);
        RunServices given = loading.services();
        StreamRun run = new StreamRun(
                job(any, view),
                new RunServices(
                        host,
                        new FeedSource(feed, any, lane::isFinished),
                        lane,
                        given.shipping(),
                        new LoadParts(given.parts()),
                        new LoadListener(given.listener()),
                        ResetLog.NONE,
                        given.jumbo(),
                        given.without()));
        writing = Optional.of(lane);
        running = Optional.of(run);
        run.whenDone(this::wake);
        if (stopWanted) {
            run.stop();
        }
        host.start(run, Host.Work.COMMIT);
    }

    /// A worker for each strand. Whether rows go into a hidden generation, and of which kind, the extraction has decided.
    private StreamJob job(Entry.Strand any, ProgressView view) {
        StreamJob job = loading.job();
        Optional<Generation.Kind> hidden =
                view.open().map(open -> open.generation().kind());
        return new StreamJob(
                job.stream(),
                hidden.equals(Optional.of(Generation.Kind.REPLACE)) ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL,
                hidden.isPresent() ? Traits.Publish.AT_END : Traits.Publish.EACH_COMMIT,
                job.run(),
                job.host(),
                job.pid(),
                job.target(),
                any.of(),
                1,
                Math.min(job.fetchShare(), READ_AHEAD),
                job.bufferBytes(),
                job.timing(),
                StreamJob.OnBadRecord.FAIL,
                0,
                OptionalLong.empty(),
                LoadDestination.FINGERPRINT,
                job.primaryKey(),
                StreamJob.Start.RESUME);
    }

    private Turn watch(StreamRun run) {
        Optional<StreamResult> ended = run.result();
        if (ended.isEmpty()) {
            return new Turn.Idle(host.nanos() + loading.look().toNanos());
        }
        running = Optional.empty();
        writing.ifPresent(lane -> {
            counts = counts.plus(lane.counts());
            statistics = statistics.plus(lane.committedStatistics());
        });
        if (ended.get().commits() > 0) {
            gaps = 0;
            standing.ifPresent(StandBy::committed);
        }
        commits += ended.get().commits();
        warnings.addAll(ended.get().warnings());
        return switch (ended.get().status()) {
            case SUCCEEDED -> {
                loading.loaded().run();
                feed.finish();
                loaded = extraction;
                result = Optional.of(ended(StreamResult.Status.SUCCEEDED, Optional.empty()));
                yield Turn.BUSY;
            }
            case INTERRUPTED -> finish(StreamResult.Status.INTERRUPTED, Optional.empty());
            case FAILED -> failed(ended.get().error().orElseThrow());
        };
    }

    private Turn failed(WisentException error) {
        LaneFeed.Again why = feed.again();
        if (why == LaneFeed.Again.AHEAD && ++gaps < MOST_GAPS) {
            notBefore = host.nanos() + loading.patience().toNanos();
        } else if (why != LaneFeed.Again.LOST && error.code() == ErrorCode.TAKEN_OVER) {
            standing = Optional.of(standing.orElseGet(() -> new StandBy(loading.patience())));
            lost = true;
        } else if (why != LaneFeed.Again.TAKEN_BACK && why != LaneFeed.Again.SUPERSEDED) {
            return finish(StreamResult.Status.FAILED, Optional.of(error));
        }
        feed.reopen();
        return Turn.BUSY;
    }

    /// Of several lanes the first publishes, when the strands of all others are loaded to their ends.
    private boolean mayEnd(End end) {
        if (othersEnded
                || !loading.lane().equals(LaneId.FIRST)
                || destination().capabilities().lanes() == 1) {
            return true;
        }
        if (host.nanos() < nextLook) {
            return false;
        }
        nextLook = host.nanos() + loading.look().toNanos();
        ProgressView view = progress();
        othersEnded = end.strands().stream()
                .filter(strand -> !strand.value().startsWith(Strands.prefix(LaneId.FIRST)))
                .allMatch(strand -> Loaded.toItsEnd(view, strand));
        return othersEnded;
    }

    private Turn finish(StreamResult.Status status, Optional<WisentException> error) {
        result = Optional.of(ended(status, error));
        return done();
    }

    private Turn done() {
        feed.close();
        stopped = true;
        return Turn.DONE;
    }

    /// Whether it never does anything again. Any thread.
    public boolean hasStopped() {
        return stopped;
    }

    private StreamResult ended(StreamResult.Status status, Optional<WisentException> error) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(strays.warnings());
        return new StreamResult(loading.job().stream(), status, counts, commits, 0, 0, 0, 0, statistics, all, error);
    }

    /// Shaped rows stay as they are, whatever transforms the extraction had.
    private record LoadParts(RunServices.Parts given) implements RunServices.Parts {
        @Override
        public RowShaper shaper(StreamId stream) {
            return new PassingShaper();
        }

        @Override
        public RejectLog rejects(LaneId lane, int worker) {
            return given.rejects(lane, worker);
        }
    }
}
