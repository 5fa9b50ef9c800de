package dev.wisent.cli.internal.command;

import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.Resets;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// A state store whose run records show no secrets (R14): an error's text may quote one.
final class MaskingStore implements StateStore {
    private final StateStore store;
    private final UnaryOperator<String> mask;
    private final UnaryOperator<String> next;
    private final ObjectMapper json = new ObjectMapper();

    /// @param next makes a command for people: the pipeline file in place of `FILE`
    MaskingStore(StateStore store, UnaryOperator<String> mask, UnaryOperator<String> next) {
        this.store = store;
        this.mask = mask;
        this.next = next;
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
                summary(run.summary())));
    }

    /// Only what errors and warnings say is masked: the rest is names and numbers.
    private String summary(String text) {
        JsonNode summary = json.readTree(text);
        maskError(summary);
        for (JsonNode stream : summary.path("streams")) {
            maskError(stream);
            if (stream.path("warnings") instanceof ArrayNode warnings) {
                for (int i = 0; i < warnings.size(); i++) {
                    warnings.set(i, mask.apply(warnings.path(i).asString()));
                }
            }
        }
        return summary.toString();
    }

    private void maskError(JsonNode of) {
        if (of.path("error") instanceof ObjectNode error) {
            error.properties().forEach(part -> {
                if (part.getValue().isString()) {
                    UnaryOperator<String> told = part.getKey().equals("next") ? next : mask;
                    part.setValue(StringNode.valueOf(told.apply(part.getValue().asString())));
                }
            });
        }
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
    public List<LeaseOutcome.Held> leases() {
        return store.leases();
    }

    @Override
    public Resets resets() {
        return store.resets();
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
