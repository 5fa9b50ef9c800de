package dev.wisent.engine;

import dev.wisent.api.RunId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.lease.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The runs a state store knows of, as they are: one that is recorded as running but has nobody left to write its end is
/// [RunRecord.Status#LOST]. That is so when nobody holds its lease, when the holder's process is gone from this
/// machine, or when it ran on another one and has let the lease expire. A process that is stopped is not gone. Several
/// threads.
public final class RunHistory {
    private final StateStore store;
    private final String host = Lease.host();

    public RunHistory(StateStore store) {
        this.store = store;
    }

    /// Who this process is, as the holder of a run.
    public static Holder holder(RunId run) {
        return Lease.holder(run);
    }

    /// What this machine calls itself.
    public static String host() {
        return Lease.host();
    }

    /// The newest first; of one pipeline, or of all.
    public List<RunRecord> last(Optional<String> pipelineId, int atMost) {
        // A run takes its lease before it writes its record, and releases it after it wrote its end. So one that runs
        // before and after the leases were looked at, and has none, does not run.
        Set<RunId> before = store.runs(pipelineId, atMost).stream()
                .filter(RunHistory::saysRunning)
                .map(RunRecord::run)
                .collect(Collectors.toSet());
        Set<RunId> held = store.leases().stream()
                .filter(this::isHeld)
                .map(lease -> lease.by().run())
                .collect(Collectors.toSet());
        return store.runs(pipelineId, atMost).stream()
                .map(run -> saysRunning(run) && before.contains(run.run()) && !held.contains(run.run())
                        ? run.as(RunRecord.Status.LOST)
                        : run)
                .toList();
    }

    private static boolean saysRunning(RunRecord run) {
        return run.status() == RunRecord.Status.RUNNING;
    }

    private boolean isHeld(LeaseOutcome.Held lease) {
        return lease.by().host().equals(host)
                ? !lease.by().isGone(host)
                : lease.expires().isAfter(Instant.now());
    }
}
