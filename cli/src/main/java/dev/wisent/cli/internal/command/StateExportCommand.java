package dev.wisent.cli.internal.command;

import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.engine.RunHistory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `state export [FILE]`
final class StateExportCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Stores.choosing(Options.command(
                        this,
                        "export",
                        "All that the state store holds, as one JSON object: runs, leases, resets, copies of progress.",
                        "wisent state export                              # of all pipelines in the working folder's store",
                        "wisent state export pipeline.yml                 # of one pipeline",
                        "wisent state export --backend-from pipeline.yml  # of all in the store that a pipeline names")
                .addPositional(Options.optionalFile("The pipeline file; all pipelines without it.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        ObjectNode none = node();
        shell.console()
                .result(Stores.look(Stores.file(parsed), parsed, shell, none, StateExportCommand::all)
                        .toString());
        return 0;
    }

    private static ObjectNode node() {
        ObjectNode node = Json.versioned();
        List.of("runs", "leases", "streams").forEach(node::putArray);
        return node;
    }

    private static ObjectNode all(StateStore store, Optional<PipelineSpec> spec) {
        Predicate<String> wanted =
                id -> spec.map(PipelineSpec::id).filter(own -> !own.equals(id)).isEmpty();
        ObjectMapper json = new ObjectMapper();
        ObjectNode node = node();
        ArrayNode runs = node.withArray("runs");
        new RunHistory(store)
                .last(spec.map(PipelineSpec::id), Integer.MAX_VALUE)
                .forEach(run -> {
                    ObjectNode entry = RunsCommand.json(run);
                    entry.set("summary", json.readTree(run.summary()));
                    runs.add(entry);
                });
        List<String> ids = runs.valueStream()
                .map(run -> run.path("run_id").stringValue(""))
                .toList();
        ArrayNode leases = node.withArray("leases");
        store.leases().stream()
                .filter(lease -> spec.isEmpty() || ids.contains(lease.by().run().value()))
                .forEach(lease -> leases.add(lease(lease)));
        ArrayNode streams = node.withArray("streams");
        for (JobKey job : store.jobs()) {
            if (wanted.test(job.pipelineId())) {
                ObjectNode entry = streams.addObject()
                        .put("pipeline_id", job.pipelineId())
                        .put("stream", job.stream().name());
                store.progress(job).ifPresent(text -> {
                    ArrayNode lines = entry.putArray("progress");
                    text.lines().forEach(line -> lines.add(json.readTree(line)));
                });
                store.resets().find(job).ifPresent(reset -> entry.set("reset", reset(reset)));
            }
        }
        return node;
    }

    private static ObjectNode lease(LeaseOutcome.Held lease) {
        return Json.object()
                .put("run_id", lease.by().run().value())
                .put("host", lease.by().host())
                .put("pid", lease.by().pid())
                .put("since", lease.by().since().toString())
                .put("expires", lease.expires().toString());
    }

    private static ObjectNode reset(Reset reset) {
        ObjectNode node = Json.object()
                .put("id", reset.id())
                .put("asked", reset.asked().toString())
                .put("status", reset.status().name().toLowerCase(Locale.ROOT));
        reset.begun().ifPresent(begun -> node.put("begun_by", begun.run().value()));
        return node;
    }
}
