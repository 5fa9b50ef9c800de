package dev.wisent.cli.internal.command;

import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.engine.AcceptedTarget;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `state accept FILE`
final class StateAcceptCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "accept",
                        "Goes on from where the destination stands, though it has less than it once had.",
                        "wisent state accept pipeline.yml   # after a backup was put back")
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        ObjectNode node = Json.versioned();
        ArrayNode streams = node.putArray("streams");
        Pipelines.each(Pipelines.load(parsed, shell)).forEach(one -> {
            ProgressView view = accepted(one, parsed, shell);
            String stream = one.source().settings().stream().name();
            if (Options.isJson(parsed)) {
                ObjectNode lanes = streams.addObject().put("stream", stream).putObject("lanes");
                new TreeMap<>(view.lanes())
                        .forEach((lane, stands) -> lanes.put(Integer.toString(lane.number()), stands.last()));
            } else {
                shell.console().result(stream + ": the next run goes on from " + stand(view) + ".");
            }
        });
        if (Options.isJson(parsed)) {
            shell.console().result(node.toString());
        } else {
            shell.console().result("next: " + shell.console().concrete("wisent run FILE"));
        }
        return 0;
    }

    private static ProgressView accepted(PipelineSpec spec, ParseResult parsed, Shell shell) {
        try (StateStore store = Pipelines.openStore(spec, parsed, shell)) {
            return AcceptedTarget.accept(EngineInput.of(spec, shell.folder()), store);
        } finally {
            spec.transforms().forEach(step -> step.transform().close());
            spec.source().source().close();
        }
    }

    private static String stand(ProgressView view) {
        String lanes = new TreeMap<>(view.lanes())
                .entrySet().stream()
                        .filter(lane -> lane.getValue().last() > 0)
                        .map(lane -> "commit " + lane.getValue().last() + " of lane " + lane.getKey())
                        .collect(Collectors.joining(", "));
        return lanes.isEmpty() ? "the beginning: nothing of it is there" : lanes;
    }
}
