package dev.wisent.engine.internal.lease;

import dev.wisent.api.RunId;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.Resets;
import dev.wisent.engine.internal.run.ResetLog;
import java.time.Instant;
import java.util.Optional;

/// The resets of one job, as its run sees them.
public record StoredResets(Resets resets, JobKey job, RunId run, StoreWrites writes) implements ResetLog {
    @Override
    public Optional<Reset> find() {
        return resets.find(job);
    }

    @Override
    public Reset ask(String id) {
        return resets.ask(job, new Reset(id, Instant.now(), Optional.empty(), Reset.Status.PENDING));
    }

    @Override
    public void begin(String id, long claim) {
        resets.begin(job, id, new Reset.Begun(run, claim));
    }

    @Override
    public void end(String id) {
        writes.attempt(() -> resets.end(job, id), "that the reset is done is not noted; the next run finds out");
    }
}
