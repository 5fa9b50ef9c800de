package dev.wisent.engine;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.source.Traits;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.host.MachineHost;
import dev.wisent.engine.internal.host.SingleThreadHost;
import dev.wisent.engine.internal.host.ThreadHost;
import dev.wisent.engine.internal.lease.Lease;
import dev.wisent.engine.internal.lease.ProgressCopy;
import dev.wisent.engine.internal.lease.RunJournal;
import dev.wisent.engine.internal.lease.StoreWrites;
import dev.wisent.engine.internal.lease.StoredResets;
import dev.wisent.engine.internal.reject.RejectFiles;
import dev.wisent.engine.internal.run.RejectLog;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.run.Timing;
import dev.wisent.engine.internal.ship.ThreadShipping;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.transform.TransformChain;
import dev.wisent.engine.reject.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The run of one stream: takes the lease, runs it, keeps a copy of its progress; closes what the pipeline holds.
///
/// [#run] is called once and blocks; [#stop] may be called from any thread at any time, also before.
final class StreamTurn {
    static final double BUDGET_OF_HEAP = 0.4;
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MOST = Duration.ofSeconds(30);
    private static final Duration MAX_LINGER = Duration.ofSeconds(1);

    private final Pipeline pipeline;
    private final StateStore store;
    private final RunListener listener;
    private final UnaryOperator<String> mask;
    private final RunId run;
    private final RunPart part;
    private final AtomicBoolean jumbo;
    private final AtomicBoolean stopWanted = new AtomicBoolean();
    private volatile Optional<Runnable> running = Optional.empty();

    /// @param jumbo the one permit for a chunk larger than its share, of all streams of the run
    StreamTurn(
            Pipeline pipeline,
            StateStore store,
            RunListener listener,
            UnaryOperator<String> mask,
            RunId run,
            RunPart part,
            AtomicBoolean jumbo) {
        this.pipeline = pipeline;
        this.store = store;
        this.listener = listener;
        this.mask = mask;
        this.run = run;
        this.part = part;
        this.jumbo = jumbo;
    }

    void stop() {
        stopWanted.set(true);
        running.ifPresent(Runnable::run);
    }

    /// Runs to the end. Failures are in the outcome.
    ///
    /// @param journal where the run is recorded as one of this stream alone; empty: that is done elsewhere
    RunOutcome run(Optional<RunJournal> journal) {
        try (Destination destination = PipelineRun.destination(pipeline, store)) {
            if (!part.extracts()) {
                return load(destination);
            }
            SyncMode mode = PipelineRun.mode(pipeline);
            PipelineRun.checkTransforms(pipeline);
            WriteMode writing = WriteMode.of(pipeline, destination.capabilities());
            QueuedTurn.check(pipeline, destination);
            QueuedTurn.checkPart(pipeline, destination, part);
            StoreWrites writes = storeWrites();
            try (Lease lease = Lease.take(store, pipeline, run, writes)) {
                Replay.refuseUnpublished(pipeline, destination);
                journal.ifPresent(RunJournal::started);
                StreamJob job = job(
                        mode,
                        WriteMode.publish(pipeline),
                        PipelineRun.fingerprint(pipeline),
                        writing.primaryKey(),
                        lease.holder());
                StreamResult result = execute(destination, job, parts(PipelineRun.shapers(pipeline)::make), writes);
                RunOutcome outcome = outcome(result, destination);
                journal.ifPresent(kept -> writes.insist(
                        () -> kept.ended(outcome),
                        pipeline.engine().retryBudget(),
                        "the end of the run is not recorded; it will be listed as lost"));
                return outcome;
            }
        } catch (WisentException e) {
            return failed(e);
        } finally {
            pipeline.source().close();
            pipeline.transforms().forEach(step -> step.transform().close());
        }
    }

    /// Nothing is asked of the source, which may be out of reach here; what it decides, messages and destination say. Nothing
    /// is leased: who claims a lane last has it.
    private RunOutcome load(Destination destination) {
        QueuedTurn.check(pipeline, destination);
        QueuedTurn.checkPart(pipeline, destination, part);
        StreamJob job =
                job(SyncMode.INCREMENTAL, Traits.Publish.EACH_COMMIT, "", WriteMode.key(pipeline), Lease.holder(run));
        RunServices.Parts parts = parts(() -> {
            throw new IllegalStateException("what comes out of a queue is shaped");
        });
        return outcome(execute(destination, job, parts, storeWrites()), destination);
    }

    private StoreWrites storeWrites() {
        return new StoreWrites(text -> listener.warning(pipeline.stream(), text));
    }

    private StreamResult execute(Destination destination, StreamJob job, RunServices.Parts parts, StoreWrites writes) {
        MachineHost host =
                pipeline.engine().runner() == EngineSettings.Runner.STREAM ? new SingleThreadHost() : new ThreadHost();
        try {
            return execute(destination, job, parts, writes, host);
        } finally {
            host.settle();
        }
    }

    private StreamResult execute(
            Destination destination, StreamJob job, RunServices.Parts parts, StoreWrites writes, Host host) {
        Share ship = new Share("ship", shares().ship(), new AtomicBoolean());
        ThreadShipping shipping =
                new ThreadShipping(ship, pipeline.destinationSettings().maxConcurrentThreads(), workers());
        JobKey key = new JobKey(pipeline.id(), pipeline.stream());
        ProgressCopy copy = new ProgressCopy(
                store, key, destination, writes, pipeline.engine().copyEvery());
        StoredResets resets = new StoredResets(store.resets(), key, run, writes);
        RunServices services =
                new RunServices(host, pipeline.source(), destination, shipping, parts, copy, resets, jumbo);
        Optional<QueueHandle> queue = pipeline.engine().queue();
        if (queue.isPresent()) {
            QueuedTurn queued = new QueuedTurn(job, services, queue.get(), pipeline, part, ship);
            running = Optional.of(queued::stop);
            if (stopWanted.get()) {
                queued.stop();
            }
            return queued.run(listener);
        }
        StreamRun stream = new StreamRun(job, services);
        running = Optional.of(stream::stop);
        if (stopWanted.get()) {
            stream.stop();
        }
        host.start(stream, Host.Work.COMMIT);
        return new Watch(stream, pipeline.source(), pipeline.stream(), listener, ship).await();
    }

    private Shares shares() {
        return Shares.of(budget(pipeline.engine()), outsideTheHeap(), workers());
    }

    private int workers() {
        EngineSettings engine = pipeline.engine();
        return engine.runner() == EngineSettings.Runner.STREAM ? 1 : engine.workers();
    }

    private long outsideTheHeap() {
        long aWorker = pipeline.transforms().stream()
                .mapToLong(step -> step.transform().nativeBytes())
                .sum();
        return aWorker * workers();
    }

    private StreamJob job(
            SyncMode mode, Traits.Publish publish, String fingerprint, List<String> primaryKey, Holder holder) {
        EngineSettings engine = pipeline.engine();
        Duration interval = pipeline.destinationSettings().commitInterval();
        Duration linger = interval.dividedBy(4).compareTo(MAX_LINGER) < 0 ? interval.dividedBy(4) : MAX_LINGER;
        Timing timing = new Timing(
                interval,
                pipeline.destinationSettings().flushTimeout(),
                linger,
                engine.grace(),
                engine.retryBudget(),
                RETRY_FIRST,
                RETRY_MOST,
                engine.untilIdle());
        return new StreamJob(
                pipeline.stream(),
                mode,
                publish,
                run,
                holder.host(),
                holder.pid(),
                pipeline.target(),
                workers(),
                engine.openSplits(),
                shares().fetch(),
                pipeline.destinationSettings().bufferBytes(),
                timing,
                StreamJob.OnBadRecord.valueOf(pipeline.onBadRecord().name()),
                pipeline.maxFailures(),
                pipeline.maxIterations(),
                fingerprint,
                primaryKey,
                StreamJob.Start.valueOf(pipeline.start().name()));
    }

    /// Bytes for all streams that run at once (R10).
    static long budget(EngineSettings engine) {
        return engine.memoryBudget().orElse((long) (Runtime.getRuntime().maxMemory() * BUDGET_OF_HEAP));
    }

    private RunServices.Parts parts(Supplier<RowShaper> shapers) {
        return new RunServices.Parts() {
            @Override
            public RowShaper shaper(StreamId stream) {
                return shapers.get();
            }

            @Override
            public RejectLog rejects(LaneId lane, int worker) {
                return new RejectFiles(pipeline.rejects(), run, pipeline.stream(), lane, worker, mask);
            }

            @Override
            public TransformChain transforms() {
                return new TransformChain(pipeline.transforms());
            }
        };
    }

    private RunOutcome outcome(StreamResult result, Destination destination) {
        RunOutcome.StreamOutcome stream = new RunOutcome.StreamOutcome(
                result.stream(),
                RunRecord.Status.valueOf(result.status().name()),
                result.counts(),
                result.commits(),
                result.resumed(),
                result.seconds(),
                result.latencyP50(),
                result.latencyP99(),
                result.statistics(),
                pipeline.source().lag(result.stream()),
                destination.location(result.stream()),
                result.warnings(),
                result.error().map(this::located));
        return new RunOutcome(
                run,
                RunRecord.Status.valueOf(result.status().name()),
                List.of(stream),
                result.error().map(this::located));
    }

    private RunOutcome failed(WisentException error) {
        return new RunOutcome(run, RunRecord.Status.FAILED, List.of(), Optional.of(located(error)));
    }

    private WisentException located(WisentException error) {
        return error.where().isBlank()
                ? error.where("stream " + pipeline.stream() + " of pipeline " + pipeline.name())
                : error;
    }
}
