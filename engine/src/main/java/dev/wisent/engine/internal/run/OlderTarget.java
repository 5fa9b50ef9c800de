package dev.wisent.engine.internal.run;

import dev.wisent.api.SyncMode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Reset;
import dev.wisent.engine.internal.task.Turn;
import java.time.Duration;
import java.util.Optional;

/// Holds a run off a destination that has less than it had: a backup was put back, a replica that lagged took over, a schema
/// or a folder was made anew. Going on from there would look like success, and what the source no longer has would be missing.
/// Asked before the first claim, since that would already change the destination.
final class OlderTarget {
    /// One of so many, within a second, is not stale.
    private static final int READS = 6;

    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final StreamJob job;
    private final RunServices services;
    private int reads;
    private long notBefore = Long.MIN_VALUE;
    private boolean passed;

    OlderTarget(StreamJob job, RunServices services) {
        this.job = job;
        this.services = services;
    }

    /// Empty: the run may claim.
    ///
    /// @throws WisentException when the destination is older
    Optional<Turn> hold(Goal goal) {
        if (passed || replacesEverything(goal)) {
            return Optional.empty();
        }
        if (services.host().nanos() < notBefore) {
            return Optional.of(new Turn.Idle(notBefore));
        }
        Optional<WisentException> older = services.listener().older();
        passed = older.isEmpty();
        if (passed) {
            return Optional.empty();
        }
        if (++reads >= READS) {
            throw older.get();
        }
        notBefore = services.host().nanos() + PAUSE_NANOS;
        return Optional.of(new Turn.Idle(notBefore));
    }

    private boolean replacesEverything(Goal goal) {
        if (goal.replaces()) {
            return true;
        }
        boolean isAskedFor = job.start() == StreamJob.Start.RESET
                || services.resets()
                        .find()
                        .filter(reset -> reset.status() == Reset.Status.PENDING)
                        .isPresent();
        return job.mode() == SyncMode.INCREMENTAL && isAskedFor;
    }
}
