package dev.wisent.engine;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.adapt.BatchAdapter;
import dev.wisent.engine.internal.lease.RunJournal;
import dev.wisent.engine.internal.lease.StoreWrites;
import dev.wisent.engine.internal.run.Fingerprint;
import dev.wisent.engine.internal.shape.Shapers;
import dev.wisent.engine.internal.transform.TransformChain;
import dev.wisent.engine.plugin.PluginFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Runs a pipeline once, with one stream or with several: takes their leases, runs them, keeps the run's record and a copy of
/// their progress.
///
/// [#run] is called once and blocks; [#stop] may be called from any thread at any time, also before.
public final class PipelineRun {
    private final PipelineStreams streams;
    private final StateStore store;
    private final RunListener listener;
    private final UnaryOperator<String> mask;
    private final RunPart part;
    private final RunId run = RunIds.next();
    private final AtomicBoolean jumbo = new AtomicBoolean();
    private final AtomicBoolean stopWanted = new AtomicBoolean();
    /// Those that have begun.
    private final List<StreamTurn> turns = new CopyOnWriteArrayList<>();

    /// A run of a pipeline without secrets.
    public PipelineRun(Pipeline pipeline, StateStore store, RunListener listener) {
        this(pipeline, store, listener, UnaryOperator.identity());
    }

    /// @param mask takes secrets out of what is kept about rejects (R14); called by several threads. What a store keeps is the
    /// store's matter
    public PipelineRun(Pipeline pipeline, StateStore store, RunListener listener, UnaryOperator<String> mask) {
        this(PipelineStreams.one(pipeline), store, listener, mask);
    }

    /// The same for several streams; `listener` is called by several threads.
    public PipelineRun(PipelineStreams streams, StateStore store, RunListener listener, UnaryOperator<String> mask) {
        this(streams, store, listener, mask, RunPart.WHOLE);
    }

    /// @param part which half of the run this process does; a half is refused without a queue that outlives its processes, and
    /// for several streams
    public PipelineRun(
            PipelineStreams streams, StateStore store, RunListener listener, UnaryOperator<String> mask, RunPart part) {
        this.streams = streams;
        this.part = part;
        this.store = store;
        this.listener = listener;
        this.mask = mask;
    }

    public RunId id() {
        return run;
    }

    /// No further stream begins; the sources of the others stop, what is open is brought to a safe stand and committed, the
    /// run ends as interrupted (R13).
    public void stop() {
        stopWanted.set(true);
        turns.forEach(StreamTurn::stop);
    }

    /// Runs to the end. Failures are in the outcome; nothing is thrown.
    public RunOutcome run() {
        if (!part.isWhole() && !streams.isOne()) {
            return failed(QueuedTurn.oneStreamOnly());
        }
        if (!part.extracts()) {
            return turn(streams.first(), streams.each().apply(streams.first()), Optional.empty());
        }
        RunJournal journal = new RunJournal(store, streams.id(), streams.name(), run);
        return streams.isOne()
                ? turn(streams.first(), streams.each().apply(streams.first()), Optional.of(journal))
                : several(journal);
    }

    private RunOutcome several(RunJournal journal) {
        StoreWrites writes = new StoreWrites(text -> listener.warning(streams.first(), text));
        try {
            journal.started();
        } catch (WisentException e) {
            return new RunOutcome(run, RunRecord.Status.FAILED, List.of(), Optional.of(e));
        }
        Map<StreamId, RunOutcome> ended = new ConcurrentHashMap<>();
        Queue<StreamId> waiting = new ConcurrentLinkedQueue<>(streams.streams());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < streams.atOnce(); i++) {
            threads.add(Thread.ofPlatform().name("streams-" + i).start(() -> {
                for (StreamId next = waiting.poll(); next != null && !stopWanted.get(); next = waiting.poll()) {
                    ended.put(next, begun(next));
                }
            }));
        }
        threads.forEach(PipelineRun::await);
        RunOutcome outcome = new StreamsEnd(streams.streams(), ended).outcome(run);
        writes.insist(
                () -> journal.ended(outcome),
                streams.engine().retryBudget(),
                "the end of the run is not recorded; it will be listed as lost");
        return outcome;
    }

    /// The failure of one stream is no other's.
    private RunOutcome begun(StreamId stream) {
        try {
            return turn(stream, streams.sharing(streams.each().apply(stream)), Optional.empty());
        } catch (WisentException e) {
            return failed(e);
        } catch (RuntimeException | Error e) {
            return failed(PluginFailure.known(e)
                    .orElseGet(() -> WisentException.of(ErrorCode.INTERNAL, String.valueOf(e))
                            .where("stream " + stream)
                            .causedBy(e)));
        }
    }

    private RunOutcome failed(WisentException error) {
        return new RunOutcome(run, RunRecord.Status.FAILED, List.of(), Optional.of(error));
    }

    private RunOutcome turn(StreamId stream, Pipeline pipeline, Optional<RunJournal> journal) {
        StreamTurn turn = new StreamTurn(pipeline, store, listener, mask, run, part, jumbo);
        turns.add(turn);
        if (stopWanted.get()) {
            turn.stop();
        }
        try {
            return turn.run(journal);
        } finally {
            turns.remove(turn);
            listener.ended(stream);
        }
    }

    /// A run has no other way to end than by its streams; an interrupt is a stop.
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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

    /// Proves that the pipeline's queue can be reached and that what it moves may go through one; returns what it is and where.
    /// Empty: it has none.
    public static Optional<String> checkQueue(Pipeline pipeline, Destination destination) {
        QueuedTurn.check(pipeline, destination);
        pipeline.engine().queue().ifPresent(QueueHandle::check);
        return pipeline.engine().queue().map(QueueHandle::location);
    }

    /// Refuses a pipeline whose extraction and loading can't be processes of their own. Opens and closes what it names.
    public static void checkHalves(PipelineStreams streams, StateStore store) {
        if (!streams.isOne()) {
            throw QueuedTurn.oneStreamOnly();
        }
        Pipeline pipeline = streams.each().apply(streams.first());
        try (Destination destination = destination(pipeline, store)) {
            QueuedTurn.check(pipeline, destination);
        } finally {
            pipeline.source().close();
            pipeline.transforms().forEach(step -> step.transform().close());
        }
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
}
