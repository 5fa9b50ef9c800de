package dev.wisent.cli.internal.config;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.engine.plugin.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.node.StringNode;

/// A pipeline that copies tables from one address to another, as the text of its file.
public final class CopyDraft {
    /// What errors and next commands call it.
    public static final String FILE = "copy.yml";

    private static final String MASK = "***";

    private final Connectors connectors;
    private final ConnectorUrl from;
    private final ConnectorUrl to;
    private final List<String> tables;

    /// @param tables names and patterns; none: all there are
    public CopyDraft(Connectors connectors, ConnectorUrl from, ConnectorUrl to, List<String> tables) {
        this.connectors = connectors;
        this.from = from;
        this.to = to;
        this.tables = List.copyOf(tables);
    }

    /// To be shown: without secrets, and with what it is good for.
    public String shown() {
        String body = text((shape, key) -> isSecret(shape, key) ? Optional.of(MASK) : Optional.empty());
        String secrets = body.contains(quoted(MASK)) ? ", with the secrets where *** stands" : "";
        return "# saved as " + FILE + secrets + ", this is what 'wisent run " + FILE + "' and 'wisent rejects list "
                + FILE + "' take\n" + body;
    }

    /// To be loaded, under the name [#FILE].
    public String whole() {
        return text((shape, key) -> Optional.empty());
    }

    private String text(BiFunction<ConfigShape, String, Optional<String>> instead) {
        String source = from.connector("files");
        String destination = to.connector("file");
        ConfigShape sourceKeys = connectors
                .source(source)
                .orElseThrow(
                        () -> unknown("source", source, connectors.catalog().names(Kind.SOURCE)))
                .keys();
        ConfigShape destinationKeys = connectors
                .destination(destination)
                .orElseThrow(() ->
                        unknown("destination", destination, connectors.catalog().names(Kind.DESTINATION)))
                .keys();
        List<String> streams = tables.isEmpty() ? List.of(all(source)) : tables;
        List<String> lines = new ArrayList<>();
        lines.add("name: " + quoted(name(source, destination, streams)));
        lines.add("source:");
        lines.add("  name: " + source);
        lines.add("  stream: "
                + (streams.size() == 1
                        ? quoted(streams.getFirst())
                        : streams.stream().map(CopyDraft::quoted).collect(Collectors.joining(", ", "[", "]"))));
        if (canRefresh(source)) {
            lines.add("  sync_mode: full_refresh");
        }
        from.keys(sourceKeys).forEach((key, value) -> lines.add("  " + line(sourceKeys, key, value, instead)));
        lines.add("destination:");
        lines.add("  name: " + destination);
        lines.add("  config:");
        SequencedMap<String, String> keys = to.keys(destinationKeys);
        if (!keys.containsKey("destination_id") && !destination.equals("file")) {
            keys.put("destination_id", OneStream.TABLE);
        }
        keys.forEach((key, value) -> lines.add("    " + line(destinationKeys, key, value, instead)));
        return String.join("\n", lines) + "\n";
    }

    /// What progress is stored under: the same for the same tables, however they are named this time. A table that one copy
    /// wrote is replaced by the next one that has it.
    private String name(String source, String destination, List<String> streams) {
        String what = source.equals("files") ? String.join("-", streams) : base(to.path());
        return "copy-" + source + "-" + destination + (what.isEmpty() ? "" : "-" + what);
    }

    /// The last part of a path, without what follows a dot.
    private static String base(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String file = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /// All tables of a database; the files of an address are one stream.
    private String all(String source) {
        if (!source.equals("files")) {
            return "*";
        }
        String name = from.path().endsWith("/") ? "" : base(from.path());
        return name.isEmpty() || SeveralStreams.isPattern(name) ? "rows" : name;
    }

    private boolean canRefresh(String source) {
        List<StreamInfo> known =
                connectors.source(source).map(f -> f.knownStreams()).orElse(List.of());
        return known.stream().allMatch(info -> info.modes().contains(SyncMode.FULL_REFRESH));
    }

    private static String line(
            ConfigShape shape, String key, String value, BiFunction<ConfigShape, String, Optional<String>> instead) {
        // what stands in an address is meant as it is: nothing in it is a reference
        return key + ": " + quoted(instead.apply(shape, key).orElse(value.replace("$", "$$")));
    }

    private static boolean isSecret(ConfigShape shape, String key) {
        return shape.key(key)
                .filter(found -> found.sensitivity() == Key.Sensitivity.SECRET)
                .isPresent();
    }

    private static String quoted(String value) {
        return StringNode.valueOf(value).toString();
    }

    private static WisentException unknown(String kind, String name, List<String> names) {
        return WisentException.of(ErrorCode.UNKNOWN_CONNECTOR, "there is no " + kind + " '" + name + "'")
                .hint("the scheme of an address names it; there are: " + String.join(", ", names) + ", and 'file'");
    }
}
