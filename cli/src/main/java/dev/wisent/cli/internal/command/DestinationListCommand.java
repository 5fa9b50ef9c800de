package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.engine.plugin.Kind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `destination list`
final class DestinationListCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                this,
                "list",
                "The destinations there are, and where each comes from.",
                "wisent destination list",
                "wisent destination list --json   # for programs"));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        return new PartsList<>(
                        Kind.DESTINATION,
                        Connectors.LATER_DESTINATIONS,
                        "COMMITS EACH",
                        destination -> destination.commitIntervalSeconds() + " s",
                        (destination, entry) -> entry.put("commit_interval", destination.commitIntervalSeconds()))
                .tell(parsed, shell);
    }
}
