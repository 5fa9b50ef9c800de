package dev.wisent.api.state;

import java.util.Optional;

/// The resets that were asked for and are not done, at most one for each job. Part of a [StateStore]: each method is
/// one atomic step, and what it returned survives what the store survives. Safe for several threads.
///
/// A reset is asked for, begun by the first run that takes it up, and ended by the run that published it. A crash in
/// between changes nothing: the next run finds the same one.
public interface Resets {
    /// Keeps `wanted` unless one is pending already. One that was cancelled is replaced.
    ///
    /// @return the one that is pending now
    Reset ask(JobKey job, Reset wanted);

    /// The one that is not done, pending or cancelled.
    Optional<Reset> find(JobKey job);

    /// Notes who took up the reset `id`; who did before stays.
    void begin(JobKey job, String id, Reset.Begun by);

    /// Takes back the reset `id`: forgotten if no run has begun it, else [Reset.Status#CANCELLED]. The caller holds the
    /// job's lease, so no run is carrying it out.
    void cancel(JobKey job, String id);

    /// Forgets the reset `id`: it is done, or what was left of it is dropped. Another one stays.
    void end(JobKey job, String id);
}
