package dev.wisent.cli.internal.command;

import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.cli.internal.console.Table;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `destination list`
final class DestinationListCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(this, "list", "The destinations there are.").addOption(Options.json());
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        List<DestinationFactory> destinations = shell.connectors().get().destinations();
        if (Options.isJson(parsed)) {
            ObjectNode node = Json.versioned();
            ArrayNode list = node.putArray("destinations");
            destinations.forEach(destination -> list.addObject()
                    .put("name", destination.name())
                    .put("summary", destination.summary())
                    .put("commit_interval", destination.commitIntervalSeconds()));
            shell.console().result(node.toString());
            return 0;
        }
        Table table = new Table("DESTINATION", "WHAT IT IS");
        destinations.forEach(destination -> table.row(destination.name(), destination.summary()));
        table.lines().forEach(shell.console()::result);
        return 0;
    }
}
