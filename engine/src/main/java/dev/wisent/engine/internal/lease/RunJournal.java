package dev.wisent.engine.internal.lease;

import dev.wisent.api.RunId;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.RunSummary;
import java.time.Instant;
import java.util.Optional;

/// Keeps the record of one run.
public final class RunJournal {
    private final StateStore store;
    private final String pipelineId;
    private final String pipeline;
    private final RunId run;
    private final Instant started = Instant.now();

    public RunJournal(StateStore store, String pipelineId, String pipeline, RunId run) {
        this.store = store;
        this.pipelineId = pipelineId;
        this.pipeline = pipeline;
        this.run = run;
    }

    public void started() {
        store.saveRun(record(RunRecord.Status.RUNNING, Optional.empty(), Optional.empty(), "{}"));
    }

    public void ended(RunOutcome outcome) {
        store.saveRun(record(
                outcome.status(), Optional.of(Instant.now()), outcome.error(), RunSummary.json(pipeline, outcome)));
    }

    private RunRecord record(
            RunRecord.Status status, Optional<Instant> ended, Optional<WisentException> error, String summary) {
        return new RunRecord(
                run,
                pipelineId,
                pipeline,
                status,
                started,
                ended,
                error.map(e -> e.code().id()),
                error.map(WisentException::what),
                summary);
    }
}
