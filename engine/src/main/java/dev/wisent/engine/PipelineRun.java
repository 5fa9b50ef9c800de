package dev.wisent.engine;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.adapt.BatchAdapter;
import dev.wisent.engine.internal.host.SingleThreadHost;
import dev.wisent.engine.internal.host.ThreadHost;
import dev.wisent.engine.internal.lease.Lease;
import dev.wisent.engine.internal.lease.ProgressCopy;
import dev.wisent.engine.internal.lease.RunJournal;
import dev.wisent.engine.internal.lease.StoreWrites;
import dev.wisent.engine.internal.lease.StoredResets;
import dev.wisent.engine.internal.reject.RejectFiles;
import dev.wisent.engine.internal.run.Fingerprint;
import dev.wisent.engine.internal.run.RejectLog;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.run.Timing;
import dev.wisent.engine.internal.shape.Shapers;
import dev.wisent.engine.internal.ship.ThreadShipping;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.transform.TransformChain;
import dev.wisent.engine.reject.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Runs a pipeline once: takes the lease, runs its stream, keeps the run's record and a copy of its progress.
///
/// [#run] is called once and blocks; [#stop] may be called from any thread at any time, also before.
public final class PipelineRun {
    private static final double BUDGET_OF_HEAP = 0.4;
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MOST = Duration.ofSeconds(30);
    private static final Duration MAX_LINGER = Duration.ofSeconds(1);

    private final Pipeline pipeline;
    private final StateStore store;
    private final RunListener listener;
    private final UnaryOperator<String> mask;
    private final RunId run = RunIds.next();
    private final AtomicBoolean stopWanted = new AtomicBoolean();
    private volatile Optional<StreamRun> running = Optional.empty();

    /// A run of a pipeline without secrets.
    public PipelineRun(Pipeline pipeline, StateStore store, RunListener listener) {
        this(pipeline, store, listener, UnaryOperator.identity());
    }

    /// @param mask takes secrets out of what is kept about rejects (R14); called by several threads. What a store keeps is the
    /// store's matter
    public PipelineRun(Pipeline pipeline, StateStore store, RunListener listener, UnaryOperator<String> mask) {
        this.pipeline = pipeline;
        this.store = store;
        this.listener = listener;
        this.mask = mask;
    }

    public RunId id() {
        return run;
    }

    /// The source stops, what is open is brought to a safe stand and committed, the run ends as interrupted (R13).
    public void stop() {
        stopWanted.set(true);
        running.ifPresent(StreamRun::stop);
    }

    /// Runs to the end. Failures are in the outcome; nothing is thrown.
    public RunOutcome run() {
        try (Destination destination = destination(pipeline, store)) {
            SyncMode mode = mode(pipeline);
            checkTransforms(pipeline);
            WriteMode writing = WriteMode.of(pipeline, destination.capabilities());
            RunJournal journal = new RunJournal(store, pipeline.id(), pipeline.name(), run);
            StoreWrites writes = new StoreWrites(text -> listener.warning(pipeline.stream(), text));
            try (Lease lease = Lease.take(store, pipeline, run, writes)) {
                Replay.refuseUnpublished(pipeline, destination);
                journal.started();
                StreamResult result = execute(destination, mode, writing, lease, writes);
                RunOutcome outcome = outcome(result, destination);
                writes.insist(
                        () -> journal.ended(outcome),
                        pipeline.engine().retryBudget(),
                        "the end of the run is not recorded; it will be listed as lost");
                return outcome;
            }
        } catch (WisentException e) {
            return failed(e);
        } finally {
            pipeline.source().close();
            pipeline.transforms().forEach(step -> step.transform().close());
        }
    }

    private StreamResult execute(
            Destination destination, SyncMode mode, WriteMode writing, Lease lease, StoreWrites writes) {
        Host host =
                pipeline.engine().runner() == EngineSettings.Runner.STREAM ? new SingleThreadHost() : new ThreadHost();
        AtomicBoolean jumbo = new AtomicBoolean();
        long budget = pipeline.engine().memoryBudget().orElse((long)
                (Runtime.getRuntime().maxMemory() * BUDGET_OF_HEAP));
        Shares shares = Shares.of(budget, outsideTheHeap(), workers());
        StreamJob job = job(mode, writing, lease, shares);
        Share ship = new Share("ship", shares.ship(), new AtomicBoolean());
        ThreadShipping shipping =
                new ThreadShipping(ship, pipeline.destinationSettings().maxConcurrentThreads());
        JobKey key = new JobKey(pipeline.id(), pipeline.stream());
        ProgressCopy copy = new ProgressCopy(
                store, key, destination, writes, pipeline.engine().copyEvery());
        StoredResets resets = new StoredResets(store.resets(), key, run, writes);
        StreamRun stream = new StreamRun(
                job, new RunServices(host, pipeline.source(), destination, shipping, parts(), copy, resets, jumbo));
        running = Optional.of(stream);
        if (stopWanted.get()) {
            stream.stop();
        }
        host.start(stream, Host.Work.COMMIT);
        return new Watch(stream, pipeline.stream(), listener, ship).await();
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

    private StreamJob job(SyncMode mode, WriteMode writing, Lease lease, Shares shares) {
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
                WriteMode.publish(pipeline),
                run,
                lease.holder().host(),
                lease.holder().pid(),
                pipeline.target(),
                workers(),
                engine.openSplits(),
                shares.fetch(),
                pipeline.destinationSettings().bufferBytes(),
                timing,
                StreamJob.OnBadRecord.valueOf(pipeline.onBadRecord().name()),
                pipeline.maxFailures(),
                pipeline.maxIterations(),
                fingerprint(pipeline),
                writing.primaryKey(),
                StreamJob.Start.valueOf(pipeline.start().name()));
    }

    /// What decides the content of a generation: the source's own options, and what the rows become.
    static String fingerprint(Pipeline pipeline) {
        List<String> key = WriteMode.key(pipeline);
        return Fingerprint.of(pipeline.source().fingerprint(pipeline.stream())
                + "|" + pipeline.target()
                + "|" + pipeline.destinationSettings().targetSchemas()
                + "|" + pipeline.destinationSettings().defaultSchema()
                + (key.isEmpty() ? "" : "|merge " + key)
                + pipeline.transforms().stream()
                        .map(step -> "|" + step.transform().fingerprint())
                        .collect(Collectors.joining()));
    }

    /// How rows become what targets hold.
    static Shapers shapers(Pipeline pipeline) {
        return new Shapers(
                pipeline.stream(),
                pipeline.target(),
                pipeline.source().traits(pipeline.stream()).shape(),
                pipeline.engine().envelopePrefix(),
                pipeline.destinationSettings().targetSchemas(),
                pipeline.destinationSettings().defaultSchema(),
                pipeline.routes(),
                WriteMode.key(pipeline));
    }

    private RunServices.Parts parts() {
        Shapers shapers = shapers(pipeline);
        return new RunServices.Parts() {
            @Override
            public RowShaper shaper(StreamId stream) {
                return shapers.make();
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

    /// The destination a pipeline writes to; one that only takes batches is adapted.
    public static Destination destination(Pipeline pipeline, StateStore store) {
        return switch (pipeline.destination()) {
            case DestinationHandle.Transactional(Destination destination) -> destination;
            case DestinationHandle.Batches(var batches) -> new BatchAdapter(batches, store, pipeline.id());
        };
    }

    /// Proves that the transforms can work on the stream, as far as its schema is known before rows; returns the columns they
    /// hand on, where these are known too.
    public static Optional<Schema> checkTransforms(Pipeline pipeline) {
        boolean records = pipeline.source().traits(pipeline.stream()).shape() == Traits.Shape.RECORDS;
        Optional<Schema> schema =
                records ? Optional.of(RawRecords.SCHEMA) : info(pipeline).schema();
        return TransformChain.check(pipeline.transforms(), schema);
    }

    /// The mode a run would have; refuses one the stream does not support.
    public static SyncMode mode(Pipeline pipeline) {
        StreamInfo info = info(pipeline);
        SyncMode mode = pipeline.mode().orElse(info.defaultMode());
        if (!info.modes().contains(mode)) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "stream '" + pipeline.stream() + "' can't be read with sync_mode " + name(mode))
                    .hint("it supports: "
                            + String.join(
                                    ", ",
                                    info.modes().stream()
                                            .sorted()
                                            .map(PipelineRun::name)
                                            .toList()));
        }
        return mode;
    }

    static StreamInfo info(Pipeline pipeline) {
        List<StreamInfo> streams = pipeline.source().streams();
        return streams.stream()
                .filter(s -> s.id().equals(pipeline.stream()))
                .findFirst()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.UNKNOWN_STREAM, "the source has no stream '" + pipeline.stream() + "'")
                        .hint("it has: "
                                + String.join(
                                        ", ",
                                        streams.stream().map(s -> s.id().name()).toList())));
    }

    private static String name(SyncMode mode) {
        return mode.name().toLowerCase(java.util.Locale.ROOT);
    }

    private RunOutcome outcome(StreamResult result, Destination destination) {
        RunOutcome.StreamOutcome stream = new RunOutcome.StreamOutcome(
                result.stream(),
                result.counts(),
                result.commits(),
                result.resumed(),
                result.seconds(),
                result.latencyP50(),
                result.latencyP99(),
                result.statistics(),
                destination.location(result.stream()),
                result.warnings());
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
