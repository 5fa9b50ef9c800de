package dev.wisent.cli.internal.command;

import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The streams that a state store has copies of progress of. Each copy is as old as the last run's claim or publish; the
/// destination knows better.
final class StateStreams {
    private StateStreams() {}

    private record Line(JobKey job, ProgressView copy, long leftOut, Optional<Reset> reset) {
        long written() {
            return copy.live().counts().written();
        }

        long splits() {
            return copy.live().splits().size() + leftOut;
        }

        long finished() {
            return leftOut
                    + copy.live().splits().values().stream()
                            .filter(SplitView::finished)
                            .count();
        }
    }

    static void tell(ParseResult parsed, Shell shell) {
        List<Line> lines = Stores.look(Optional.empty(), parsed, shell, List.of(), (store, _) -> lines(store));
        if (Options.isJson(parsed)) {
            shell.console().result(json(lines).toString());
        } else if (lines.isEmpty()) {
            shell.console().talk("No pipeline has left anything here yet.");
        } else {
            Table table = new Table("PIPELINE", "STREAM", "ROWS", "SPLITS", "FINISHED", "RESET");
            lines.forEach(line -> table.row(
                    line.job().pipelineId(),
                    line.job().stream().name(),
                    Amounts.count(line.written()),
                    Amounts.count(line.splits()),
                    Amounts.count(line.finished()),
                    line.reset().map(StateStreams::word).orElse("-")));
            table.lines().forEach(shell.console()::result);
        }
    }

    private static List<Line> lines(StateStore store) {
        return store.jobs().stream()
                .flatMap(job -> store.progress(job).stream()
                        .map(text -> new Line(
                                job,
                                ProgressJson.parse(text).view(),
                                ProgressJson.leftOut(text),
                                store.resets().find(job))))
                .toList();
    }

    private static String word(Reset reset) {
        return reset.status().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(List<Line> lines) {
        ObjectNode node = Json.versioned();
        ArrayNode streams = node.putArray("streams");
        lines.forEach(line -> {
            ObjectNode entry = streams.addObject()
                    .put("pipeline_id", line.job().pipelineId())
                    .put("stream", line.job().stream().name())
                    .put("written", line.written())
                    .put("splits", line.splits())
                    .put("finished", line.finished());
            line.reset().ifPresent(reset -> entry.put("reset", word(reset)));
        });
        return node;
    }
}
