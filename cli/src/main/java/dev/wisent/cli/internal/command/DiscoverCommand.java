package dev.wisent.cli.internal.command;

import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `discover [FILE]`
final class DiscoverCommand implements Command {
    private static final String SOURCE = "--source";

    /// @param selected whether it is the one the pipeline reads
    private record Found(StreamInfo info, Optional<Schema> schema, boolean selected) {}

    @Override
    public CommandSpec spec() {
        return Options.loading(Options.command(
                        this,
                        "discover",
                        "The streams of a source: columns with types, keys, cursor candidates, sync modes. Nothing is written.",
                        "wisent discover examples/csv-to-ndjson.yml       # the columns are inferred from the files",
                        "wisent discover --source generator               # what a source always has, without a file",
                        "wisent discover examples/quickstart.yml --json   # one object, for programs")
                .addPositional(Options.optionalFile("The pipeline file whose source is looked at."))
                .addOption(Options.value(SOURCE, "NAME", "A source from 'wisent source list', instead of FILE.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        Optional<String> name = Options.text(parsed, SOURCE);
        boolean hasFile = !Options.positional(parsed).isEmpty();
        if (hasFile == name.isPresent()) {
            throw CommandTree.usage(
                            hasFile ? "FILE and " + SOURCE + " exclude each other" : "FILE or " + SOURCE + " is needed")
                    .next("wisent discover --help");
        }
        String connector;
        List<Found> found;
        if (name.isPresent()) {
            var factory =
                    StreamListCommand.source(name.get(), shell.connectors().get());
            connector = factory.name();
            found = factory.knownStreams().stream()
                    .map(info -> new Found(info, info.schema(), false))
                    .toList();
            if (found.isEmpty()) {
                throw WisentException.of(
                                ErrorCode.UNKNOWN_STREAM,
                                "the streams of '" + connector + "' depend on its configuration")
                        .hint("write a pipeline file with this source and give that")
                        .next("wisent discover FILE");
            }
        } else {
            PipelineSpec spec = Pipelines.load(parsed, shell);
            connector = spec.source().connector();
            try {
                found = look(spec);
            } finally {
                Pipelines.close(spec);
            }
        }
        if (Options.isJson(parsed)) {
            shell.console().result(json(connector, found, shell.console()).toString());
        } else {
            text(found, shell.console());
        }
        return 0;
    }

    private static List<Found> look(PipelineSpec spec) {
        Source source = spec.source().source();
        List<Found> found = new ArrayList<>();
        List<StreamInfo> streams = source.streams();
        List<StreamId> read = spec.several()
                .map(several -> several.names(() -> streams))
                .orElseGet(() -> List.of(spec.source().settings().stream()));
        for (StreamInfo info : streams) {
            boolean selected = read.contains(info.id());
            Optional<Schema> schema = info.schema();
            if (schema.isEmpty() && source.traits(info.id()).shape() == Traits.Shape.RECORDS) {
                schema = Optional.of(RawRecords.SCHEMA);
            } else if (schema.isEmpty() && selected && spec.several().isEmpty()) {
                schema = inferred(source, info);
            }
            found.add(new Found(info, schema, selected));
        }
        return found;
    }

    /// As a first run would see it.
    private static Optional<Schema> inferred(Source source, StreamInfo info) {
        SyncMode mode = info.modes().contains(SyncMode.FULL_REFRESH) ? SyncMode.FULL_REFRESH : info.defaultMode();
        ReadRequest request =
                new ReadRequest(info.id(), mode, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        try (Planner planner = source.plan(request)) {
            planner.opening();
            return planner.schema();
        }
    }

    private static void text(List<Found> found, Console console) {
        boolean several = found.stream().filter(Found::selected).count() > 1;
        String mark = several ? ", read by this pipeline" : ", the one this pipeline reads";
        boolean first = true;
        for (Found stream : found) {
            if (!first) {
                console.result("");
            }
            first = false;
            StreamInfo info = stream.info();
            console.result("stream   " + info.id() + (stream.selected() ? mark : ""));
            console.result("modes    " + String.join(", ", StreamListCommand.modes(info)) + " (default "
                    + StreamListCommand.text(info.defaultMode()) + ")");
            console.result("keys     " + orNone(info.keys()));
            console.result("cursors  " + orNone(info.cursorCandidates()));
            info.estimatedRows().ifPresent(rows -> console.result("rows     about " + Amounts.count(rows)));
            rights(info.rights()).ifPresent(rights -> console.result("rights   " + rights));
            stream.schema()
                    .ifPresentOrElse(
                            schema -> columns(schema, console), () -> console.result("columns  known when it is read"));
        }
    }

    private static Optional<String> rights(StreamInfo.Rights rights) {
        return switch (rights) {
            case ALL -> Optional.of("all columns may be read");
            case SOME -> Optional.of("only some columns may be read");
            case NONE -> Optional.of("none: this user may not read it");
            case UNKNOWN -> Optional.empty();
        };
    }

    private static void columns(Schema schema, Console console) {
        if (schema.equals(RawRecords.SCHEMA)) {
            console.result("columns  none: records are JSON, written in the envelope's source_data");
            return;
        }
        Table table = new Table("  COLUMN", "TYPE", "");
        schema.fields()
                .forEach(field -> table.row("  " + field.name(), field.type().text(), Columns.nullability(field)));
        table.lines().forEach(console::result);
    }

    private static String orNone(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static ObjectNode json(String connector, List<Found> found, Console console) {
        ObjectNode node = Json.versioned().put("source", connector);
        ArrayNode streams = node.putArray("streams");
        found.forEach(stream -> {
            StreamInfo info = stream.info();
            ObjectNode entry = streams.addObject().put("stream", info.id().name());
            entry.set("modes", Json.array(StreamListCommand.modes(info)));
            entry.put("default_mode", StreamListCommand.text(info.defaultMode()));
            entry.set("keys", Json.array(info.keys()));
            entry.set("cursor_candidates", Json.array(info.cursorCandidates()));
            info.estimatedRows().ifPresent(rows -> entry.put("estimated_rows", rows));
            if (info.rights() != StreamInfo.Rights.UNKNOWN) {
                entry.put("rights", info.rights().name().toLowerCase(Locale.ROOT));
            }
            stream.schema().ifPresent(schema -> entry.set("columns", Columns.json(schema, console)));
        });
        return node;
    }
}
