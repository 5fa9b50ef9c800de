package dev.wisent.cli.internal.command;

import dev.wisent.api.source.SourceFactory;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.engine.plugin.Kind;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `source list`
final class SourceListCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                this,
                "list",
                "The sources there are, where each comes from, and their streams.",
                "wisent source list",
                "wisent source list --json   # for programs"));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        return new PartsList<>(
                        Kind.SOURCE,
                        Connectors.LATER_SOURCES,
                        "STREAMS",
                        source -> {
                            List<String> streams = streams(source);
                            return streams.isEmpty() ? "as configured" : String.join(", ", streams);
                        },
                        (source, entry) -> entry.set("streams", Json.array(streams(source))))
                .tell(parsed, shell);
    }

    private static List<String> streams(SourceFactory source) {
        return source.knownStreams().stream().map(info -> info.id().name()).toList();
    }
}
