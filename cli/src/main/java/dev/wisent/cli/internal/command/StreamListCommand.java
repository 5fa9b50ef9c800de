package dev.wisent.cli.internal.command;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.Suggestion;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.engine.plugin.Kind;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `stream list SOURCE`
final class StreamListCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                        this,
                        "list",
                        "The streams of a source, and how each can be read.",
                        "wisent stream list generator",
                        "wisent stream list generator --json   # for programs")
                .addPositional(Options.positional("SOURCE", "A name from 'wisent source list'.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        SourceFactory source =
                source(Options.positional(parsed), shell.connectors().get());
        List<StreamInfo> streams = source.knownStreams();
        if (Options.isJson(parsed)) {
            shell.console().result(json(source, streams).toString());
            return 0;
        }
        if (streams.isEmpty()) {
            shell.console()
                    .talk("The streams of '" + source.name()
                            + "' depend on its configuration: 'wisent check FILE' tells whether one is there.");
            return 0;
        }
        Table table = new Table("STREAM", "SYNC MODES", "KEYS", "CURSORS");
        streams.forEach(stream -> table.row(
                stream.id().name(),
                String.join(", ", modes(stream)) + " (default " + text(stream.defaultMode()) + ")",
                orNone(stream.keys()),
                orNone(stream.cursorCandidates())));
        table.lines().forEach(shell.console()::result);
        return 0;
    }

    static SourceFactory source(String name, Connectors connectors) {
        return connectors.source(name).orElseThrow(() -> {
            List<String> names = connectors.catalog().names(Kind.SOURCE);
            return WisentException.of(ErrorCode.UNKNOWN_CONNECTOR, "there is no source '" + name + "'")
                    .hint(Suggestion.closest(name, names)
                            .map(meant -> "did you mean '" + meant + "'?")
                            .orElse("there are: " + String.join(", ", names)))
                    .next("wisent source list");
        });
    }

    private static ObjectNode json(SourceFactory source, List<StreamInfo> streams) {
        ObjectNode node = Json.versioned().put("source", source.name());
        ArrayNode list = node.putArray("streams");
        streams.forEach(stream -> {
            ObjectNode entry = list.addObject().put("stream", stream.id().name());
            entry.set("modes", Json.array(modes(stream)));
            entry.put("default_mode", text(stream.defaultMode()));
            entry.set("keys", Json.array(stream.keys()));
            entry.set("cursor_candidates", Json.array(stream.cursorCandidates()));
        });
        return node;
    }

    static List<String> modes(StreamInfo stream) {
        return stream.modes().stream().sorted().map(StreamListCommand::text).toList();
    }

    static String text(SyncMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static String orNone(List<String> names) {
        return names.isEmpty() ? "-" : String.join(", ", names);
    }
}
