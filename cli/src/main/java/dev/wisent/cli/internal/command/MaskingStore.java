package dev.wisent.cli.internal.command;

import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A state store whose run records show no secrets (R14): an error's text may quote one.
final class MaskingStore implements StateStore {
    private final StateStore store;
    private final UnaryOperator<String> mask;

    MaskingStore(StateStore store, UnaryOperator<String> mask) {
        this.store = store;
        this.mask = mask;
    }

    @Override
    public void saveRun(RunRecord run) {
        store.saveRun(new RunRecord(
                run.run(),
                run.pipelineId(),
                run.pipeline(),
                run.status(),
                run.started(),
                run.ended(),
                run.errorCode(),
                run.errorMessage().map(mask),
                mask.apply(run.summary())));
    }

    @Override
    public LeaseOutcome acquire(JobKey job, Holder holder, Duration ttl) {
        return store.acquire(job, holder, ttl);
    }

    @Override
    public boolean renew(JobKey job, Holder holder, Duration ttl) {
        return store.renew(job, holder, ttl);
    }

    @Override
    public void release(JobKey job, Holder holder) {
        store.release(job, holder);
    }

    @Override
    public List<RunRecord> runs(Optional<String> pipelineId, int atMost) {
        return store.runs(pipelineId, atMost);
    }

    @Override
    public void saveProgress(JobKey job, String json) {
        store.saveProgress(job, json);
    }

    @Override
    public Optional<String> progress(JobKey job) {
        return store.progress(job);
    }

    @Override
    public List<JobKey> jobs() {
        return store.jobs();
    }

    @Override
    public void close() {
        store.close();
    }
}
