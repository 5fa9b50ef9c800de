package dev.wisent.api.state;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Leases, run records, resets and copies of progress. Safe for several threads. Correctness never depends on it (R5):
/// with an empty one everything is recovered from the destination.
public interface StateStore extends AutoCloseable {
    /// Takes the lease on `job` for `holder` until now + `ttl`, if nobody else holds a live one. A holder on the same
    /// host whose process is gone is
    /// replaced at once.
    LeaseOutcome acquire(JobKey job, Holder holder, Duration ttl);

    /// Extends the lease. False: somebody else took it.
    boolean renew(JobKey job, Holder holder, Duration ttl);

    /// Ends the lease if `holder` has it.
    void release(JobKey job, Holder holder);

    /// Every lease that was not released, also those that have expired or whose holder is gone. A run that is listed as
    /// running and has no live one is lost.
    List<LeaseOutcome.Held> leases();

    /// The resets that were asked for.
    Resets resets();

    /// Writes a run's record, new or changed.
    void saveRun(RunRecord run);

    /// The newest first; of one pipeline, or of all.
    List<RunRecord> runs(Optional<String> pipelineId, int atMost);

    /// Keeps a copy of a stream's progress, as JSON.
    void saveProgress(JobKey job, String json);

    Optional<String> progress(JobKey job);

    /// Every job with a stored copy of its progress.
    List<JobKey> jobs();

    @Override
    void close();
}
