package dev.wisent.engine;

import dev.wisent.api.RunId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.lease.Lease;
import dev.wisent.engine.internal.lease.StoreWrites;
import java.time.Instant;
import java.util.Optional;

/// Asks for a reset of a pipeline's stream, or takes it back: the next run reads everything again and, once it is
/// complete, shows it in place of what is there; later runs go on from there. One thread; both methods may be called
/// any number of times. The pipeline's source and destination stay open.
public final class StreamReset {
    private final Pipeline pipeline;
    private final StateStore store;
    private final JobKey job;

    public StreamReset(Pipeline pipeline, StateStore store) {
        this.pipeline = pipeline;
        this.store = store;
        this.job = new JobKey(pipeline.id(), pipeline.stream());
    }

    /// What [#ask] found.
    public sealed interface Answer {
        Reset reset();

        /// It waits for the next run.
        record Queued(Reset reset) implements Answer {}

        /// One waits already, or a run has begun it and did not publish it yet.
        record Pending(Reset reset) implements Answer {}
    }

    /// Queues a reset. Refuses a stream that is not read incrementally: there a reset would do nothing.
    public Answer ask() {
        SyncMode mode = PipelineRun.mode(pipeline);
        if (mode != SyncMode.INCREMENTAL) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            mode == SyncMode.FULL_REFRESH
                                    ? "there is nothing to reset: with sync_mode full_refresh each run reads everything"
                                            + " again and replaces what is there"
                                    : "a streaming run has no end at which a reset could replace what is there")
                    .where("stream " + pipeline.stream() + " of pipeline " + pipeline.name())
                    .hint(
                            mode == SyncMode.FULL_REFRESH
                                    ? "run it; force_ignore_checkpoint: true gives up what a killed run left"
                                    : "set sync_mode: incremental, ask again, run it once, and set it back");
        }
        String id = RunIds.next().value();
        Reset pending = store.resets().ask(job, new Reset(id, Instant.now(), Optional.empty(), Reset.Status.PENDING));
        return pending.id().equals(id) ? new Answer.Queued(pending) : new Answer.Pending(pending);
    }

    /// Takes back the reset that waits or was begun. Holds the job's lease meanwhile, so it is refused
    /// ([ErrorCode#LEASE_HELD]) while a run works on the stream. What a killed run read for the reset is dropped by the
    /// next one.
    ///
    /// @return the one taken back; empty when none was pending
    public Optional<Reset> cancel() {
        RunId holder = RunIds.next();
        try (Lease _ = Lease.take(store, pipeline, holder, new StoreWrites(text -> {}))) {
            Optional<Reset> pending = store.resets().find(job).filter(reset -> reset.status() == Reset.Status.PENDING);
            pending.ifPresent(reset -> store.resets().cancel(job, reset.id()));
            return pending;
        }
    }
}
