package dev.wisent.engine.internal.queue;

import dev.wisent.api.Counts;
import dev.wisent.api.Statistics;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.engine.internal.run.EngineRule;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import dev.wisent.engine.plugin.PluginFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// Extracts one stream into a queue: a run whose destination is the queue, then the end marker, then the wait until the
/// destination shows that everything is loaded. It claims the lanes first, which ends every earlier extraction, and reads its
/// progress from the destination alone.
public final class Extraction extends Task {
    private final StreamJob job;
    private final Host host;
    private final Destination behind;
    private final Duration look;
    private final ExtractDestination queued;
    private final Stands stands = new Stands();
    private final StreamRun run;
    private final boolean outcomes;
    private boolean ended;
    /// The numbers of the lanes together, and since when they are these.
    private long loadedTo = -1;
    private long loadedSince;
    private long nextLook = Long.MIN_VALUE;
    private volatile boolean lookNow;
    /// When what may pass began to fail.
    private OptionalLong failingSince = OptionalLong.empty();
    private final AtomicInteger stops = new AtomicInteger();
    private volatile Optional<StreamResult> result = Optional.empty();

    /// @param name pipeline and stream, as in every message
    /// @param blockBytes rows are sent when they take more, before compression
    /// @param look how often the destination's progress is read
    public Extraction(
            StreamJob job,
            RunServices services,
            MessageQueue queue,
            String name,
            int blockBytes,
            Pause pause,
            Duration look) {
        super("extract-" + job.stream());
        this.job = job;
        this.host = services.host();
        this.behind = services.destination();
        this.look = look;
        this.queued = new ExtractDestination(behind, new Publisher(queue, pause), name, job.workers(), blockBytes);
        boolean early = services.without().contains(EngineRule.EXTRACTION_ACKNOWLEDGES_THE_DESTINATION);
        this.outcomes = !services.without().contains(EngineRule.END_CARRIES_THE_OUTCOME);
        this.run = new StreamRun(
                job,
                new RunServices(
                        host,
                        new ExtractSource(services.source(), stands, early),
                        queued,
                        services.shipping(),
                        services.parts(),
                        services.listener(),
                        services.resets(),
                        services.jumbo(),
                        services.without()));
    }

    /// Begins: called once, after the task itself was started.
    public void start() {
        run.whenDone(this::wake);
        host.start(run, Host.Work.COMMIT);
    }

    /// The run whose progress people watch: what it says is committed is in the queue.
    public StreamRun run() {
        return run;
    }

    /// The source stops, what was read goes into the queue, and is waited for; a second stop waits for nothing. Any thread.
    public void stop() {
        stops.incrementAndGet();
        run.stop();
        wake();
    }

    /// A loader in this process has loaded a lane to its end: the destination is looked at without delay. Any thread.
    public void look() {
        lookNow = true;
        wake();
    }

    /// How it ended; empty while it extracts, or waits for what it extracted to be loaded. Any thread.
    public Optional<StreamResult> result() {
        return result;
    }

    @Override
    public Turn turn() {
        try {
            Turn turn = work();
            failingSince = OptionalLong.empty();
            return turn;
        } catch (WisentException e) {
            if (e.isTransient() && stops.get() < 2 && hasTime()) {
                return new Turn.Idle(host.nanos() + look.toNanos());
            }
            return finish(
                    StreamResult.Status.FAILED,
                    run.result().flatMap(StreamResult::error).or(() -> Optional.of(e)));
        } catch (RuntimeException | Error e) {
            return finish(
                    StreamResult.Status.FAILED,
                    PluginFailure.known(e)
                            .or(() -> Optional.of(WisentException.of(ErrorCode.INTERNAL, "the extraction failed: " + e)
                                    .causedBy(e))));
        }
    }

    /// What failed for as long as anything is tried again is not waited for: the queue may have lost what it had taken.
    private boolean hasTime() {
        long now = host.nanos();
        failingSince = OptionalLong.of(failingSince.orElse(now));
        return now - failingSince.getAsLong() <= job.timing().retryBudget().toNanos();
    }

    private Turn work() {
        Optional<StreamResult> extracted = run.result();
        if (extracted.isPresent() && !ended) {
            if (isTakenOver(extracted.get())) {
                return finish(extracted.get().status(), extracted.get().error());
            }
            queued.end(outcome(extracted.get()));
            ended = true;
        }
        if (host.nanos() < nextLook && !lookNow) {
            return new Turn.Idle(nextLook);
        }
        lookNow = false;
        ProgressView view = behind.progress(job.stream());
        nextLook = host.nanos() + look.toNanos();
        stands.show(view);
        if (ended) {
            if (isLoaded(view) || queued.strands().isEmpty()) {
                return finish(extracted.orElseThrow().status(), extracted.get().error());
            }
            if (stops.get() > 1) {
                return finish(StreamResult.Status.INTERRUPTED, extracted.get().error());
            }
            remind(view, extracted.get());
            if (isSuperseded(view)) {
                return finish(
                        StreamResult.Status.FAILED,
                        Optional.of(WisentException.of(
                                        ErrorCode.TAKEN_OVER,
                                        "a newer extraction began, or the destination did, before all was loaded")
                                .where(behind.location(job.stream()))));
            }
        }
        return new Turn.Idle(nextLook);
    }

    /// Where nothing was loaded for as long as anything is tried again, the end is marked again: a loader whose messages are
    /// gone, the marker among them, learns from it that they are missing.
    private void remind(ProgressView view, StreamResult extracted) {
        long now = host.nanos();
        long stands = queued.strands().stream()
                .mapToLong(open -> view.lane(open.strand.lane()).last())
                .sum();
        if (stands != loadedTo) {
            loadedTo = stands;
            loadedSince = now;
        } else if (now - loadedSince > job.timing().retryBudget().toNanos()) {
            loadedSince = now;
            queued.end(outcome(extracted));
        }
    }

    private static boolean isTakenOver(StreamResult extracted) {
        return extracted.error().filter(e -> e.code() == ErrorCode.TAKEN_OVER).isPresent();
    }

    private End.Outcome outcome(StreamResult extracted) {
        if (queued.published().isPresent() || !outcomes) {
            return End.Outcome.COMPLETE;
        }
        return extracted.status() == StreamResult.Status.FAILED ? End.Outcome.FAILED : End.Outcome.STOPPED;
    }

    private boolean isLoaded(ProgressView view) {
        boolean all = queued.strands().stream()
                .map(open -> open.strand)
                .allMatch(strand ->
                        Lineage.isShown(strand, view.lane(strand.lane())) && Loaded.toItsEnd(view, strand.split()));
        Optional<GenerationId> open =
                view.open().map(OpenGeneration::generation).map(g -> g.id());
        return all && (queued.published().isEmpty() || !open.equals(queued.published()));
    }

    private boolean isSuperseded(ProgressView view) {
        return queued.strands().stream()
                .map(open -> open.strand)
                .map(strand -> Lineage.of(strand, view.lane(strand.lane())))
                .anyMatch(now -> now == Lineage.OLDER || now == Lineage.FOREIGN);
    }

    private Turn finish(StreamResult.Status status, Optional<WisentException> error) {
        StreamResult run = this.run
                .result()
                .orElseGet(() -> new StreamResult(
                        job.stream(), status, Counts.NONE, 0, 0, 0, 0, 0, Statistics.NONE, List.of(), error));
        result = Optional.of(new StreamResult(
                run.stream(),
                status,
                run.counts(),
                run.commits(),
                run.resumed(),
                run.seconds(),
                run.latencyP50(),
                run.latencyP99(),
                run.statistics(),
                run.warnings(),
                error));
        return Turn.DONE;
    }
}
