package dev.wisent.cli.internal.command;

import dev.wisent.api.source.SourceFactory;
import dev.wisent.cli.internal.console.Table;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `source list`
final class SourceListCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(this, "list", "The sources there are, and their streams.")
                .addOption(Options.json());
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        List<SourceFactory> sources = shell.connectors().get().sources();
        if (Options.isJson(parsed)) {
            ObjectNode node = Json.versioned();
            ArrayNode list = node.putArray("sources");
            sources.forEach(source -> {
                ObjectNode entry = list.addObject().put("name", source.name()).put("summary", source.summary());
                entry.set("streams", Json.array(streams(source)));
            });
            shell.console().result(node.toString());
            return 0;
        }
        Table table = new Table("SOURCE", "STREAMS", "WHAT IT IS");
        sources.forEach(source -> {
            List<String> streams = streams(source);
            table.row(
                    source.name(), streams.isEmpty() ? "as configured" : String.join(", ", streams), source.summary());
        });
        table.lines().forEach(shell.console()::result);
        return 0;
    }

    private static List<String> streams(SourceFactory source) {
        return source.knownStreams().stream().map(info -> info.id().name()).toList();
    }
}
