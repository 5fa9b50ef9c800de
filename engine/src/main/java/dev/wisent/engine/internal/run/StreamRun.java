package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.Statistics;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import dev.wisent.engine.plugin.PluginFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One run of one stream, from the claim to the publication. Works in [Attempt]s: usually one; a new one when this
/// run's own session was lost,
/// when a generation no longer fits its plan, or when a split expired that may be read anew. Start it with
/// [Host#start]; it is done when
/// [#result] is there.
public final class StreamRun extends Task {
    /// So many attempts in a row that commit nothing mean that the run gets nowhere.
    private static final int MAX_BARREN_ATTEMPTS = 3;

    private final StreamJob job;
    private final RunServices services;
    private final Mailbox<Event> events = new Mailbox<>(this);
    private final Tally tally;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final long startedAt;
    private volatile Attempt attempt;
    private Counts counts = Counts.NONE;
    private Statistics statistics = Statistics.NONE;
    private long commits;
    private long resumed;
    private int barren;
    private boolean stopWanted;
    private volatile Runnable whenDone = () -> {};
    private volatile Optional<StreamResult> result = Optional.empty();

    public StreamRun(StreamJob job, RunServices services) {
        super("run-" + job.stream());
        this.job = job;
        this.services = services;
        this.tally = new Tally(job.maxIterations().orElse(Long.MAX_VALUE));
        this.startedAt = services.host().nanos();
        this.attempt = new Attempt(
                job,
                services,
                events,
                tally,
                job.start() == StreamJob.Start.ANEW ? Ending.Open.DROP : Ending.Open.KEEP);
    }

    /// The source stops, what is open is brought to a safe stand, committed, and the run ends (R13). Any thread.
    public void stop() {
        events.send(new Event.StopWanted());
    }

    /// Calls `listener` on the run's thread as soon as [#result] is there. Said before the run is started.
    public void whenDone(Runnable listener) {
        whenDone = listener;
    }

    /// What it has done so far, for people.
    public Tally tally() {
        return tally;
    }

    /// The shares of its workers: who holds what of the byte budget (R10). Any thread.
    public List<Share> shares() {
        return attempt.shares();
    }

    /// How it ended; empty while it runs. Any thread.
    public Optional<StreamResult> result() {
        return result;
    }

    @Override
    public Turn turn() {
        try {
            return work();
        } catch (WisentException e) {
            attempt.fail(e);
        } catch (RuntimeException | Error e) {
            attempt.fail(defect(e));
        }
        return Turn.BUSY;
    }

    private Turn work() {
        boolean busy = false;
        for (Optional<Event> event = events.take(); event.isPresent(); event = events.take()) {
            busy = true;
            handle(event.get());
        }
        Turn turn = attempt.turn();
        Optional<Ending> ending = attempt.ending();
        if (ending.isPresent()) {
            return end(ending.get());
        }
        return busy ? Turn.BUSY : turn;
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Answered answered -> {
                record(answered);
                attempt.answered(answered);
            }
            case Event.Broken(Throwable cause) ->
                attempt.fail(cause instanceof WisentException known ? known : defect(cause));
            case Event.StopWanted stop -> {
                stopWanted = true;
                attempt.stop();
            }
            case Event.Expired expired -> attempt.expired(expired);
            case Event.WorkerDone done -> attempt.workerDone();
            case Event.LaneDone done -> attempt.laneDone();
            case Event.Capped capped -> attempt.capped();
            case Event.Ended ended -> {}
        }
    }

    private void record(Event.Answered answered) {
        if (!(answered.outcome() instanceof CommitOutcome.Committed)) {
            return;
        }
        services.source().committed(answered.commit());
        statistics = statistics
                .plus(services.source().statistics(answered.commit()))
                .plus(services.destination().statistics(answered.commit()));
        if (answered.commit() instanceof Commit.Data data) {
            barren = 0;
            commits++;
            tally.commits.incrementAndGet();
            counts = counts.plus(data.change().counts());
            long now = services.host().now().toEpochMilli();
            answered.latency().forEach(sample -> latency.add(now - sample.atMicros() / 1000, sample.rows()));
            tally.latency(latency.quantile(0.5), latency.quantile(0.99));
        }
        services.listener().committed(answered.commit());
    }

    private Turn end(Ending ending) {
        resumed = Math.max(resumed, attempt.resumed());
        warnings.addAll(attempt.warnings());
        switch (ending) {
            case Ending.Again again -> {
                if (++barren >= MAX_BARREN_ATTEMPTS) {
                    return finish(
                            StreamResult.Status.FAILED,
                            Optional.of(again.atLast().orElseGet(() -> noProgress(again.why()))));
                }
                attempt = new Attempt(job, services, events, tally, again.open());
                if (stopWanted) {
                    attempt.stop();
                }
                return Turn.BUSY;
            }
            case Ending.Success success -> {
                return finish(StreamResult.Status.SUCCEEDED, Optional.empty());
            }
            case Ending.Capped capped -> {
                warnings.add(
                        attempt.publishesAtEnd()
                                ? "max_iterations reached: what was read is kept, nothing of it was published"
                                : "max_iterations reached: there may be more to read");
                return finish(StreamResult.Status.SUCCEEDED, Optional.empty());
            }
            case Ending.Interrupted interrupted -> {
                return finish(StreamResult.Status.INTERRUPTED, Optional.empty());
            }
            case Ending.Failure(WisentException error) -> {
                return finish(StreamResult.Status.FAILED, Optional.of(error));
            }
        }
    }

    private Turn finish(StreamResult.Status status, Optional<WisentException> error) {
        if (error.isEmpty() && !counts.addsUp()) {
            return finish(
                    StreamResult.Status.FAILED,
                    Optional.of(WisentException.of(ErrorCode.LEDGER, "the run's counts don't add up: " + counts)));
        }
        List<String> notes = new ArrayList<>(warnings);
        notes.addAll(services.destination().warnings(job.stream()));
        double seconds = (services.host().nanos() - startedAt) / 1e9;
        result = Optional.of(new StreamResult(
                job.stream(),
                status,
                counts,
                commits,
                resumed,
                seconds,
                latency.quantile(0.5),
                latency.quantile(0.99),
                statistics,
                notes,
                error));
        whenDone.run();
        return Turn.DONE;
    }

    private WisentException noProgress(String why) {
        return WisentException.of(
                        ErrorCode.NO_PROGRESS, "gave up after " + barren + " attempts that committed nothing: " + why)
                .where("stream " + job.stream());
    }

    private WisentException defect(Throwable cause) {
        String where = "stream " + job.stream();
        return PluginFailure.outOfMemory(cause)
                .map(error -> error.where(where))
                .or(() -> PluginFailure.known(cause))
                .orElseGet(() -> WisentException.of(ErrorCode.INTERNAL, String.valueOf(cause))
                        .where(where)
                        .hint("please report this with the stack trace (--log-level debug)")
                        .causedBy(cause));
    }
}
