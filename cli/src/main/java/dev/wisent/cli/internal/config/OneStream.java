package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A pipeline's tree as it is for one of its streams: `source.stream` names that one alone, and `{stream}` stands for its name
/// in `destination.config`, `{table}` for the last part of it.
final class OneStream {
    /// In `destination.config`, the name of the stream.
    static final String PLACEHOLDER = "{stream}";

    /// The same without what stands before its last dot: of `public.orders`, `orders`.
    static final String TABLE = "{table}";

    private static final String CONFIG = "config";

    private final String name;

    OneStream(String name) {
        this.name = name;
    }

    /// Whether `text` is the same for all streams.
    static boolean isOneName(String text) {
        return !text.contains(PLACEHOLDER) && !text.contains(TABLE);
    }

    /// The name of the only stream of `pipeline`; empty: it has several, or none that can be told.
    static Optional<String> only(ConfigNode.Mapping pipeline) {
        return value(pipeline, "source")
                .filter(ConfigNode.Mapping.class::isInstance)
                .flatMap(source -> value((ConfigNode.Mapping) source, SourceReader.STREAM.name()))
                .map(node -> node instanceof ConfigNode.Sequence(var items, var place) && items.size() == 1
                        ? items.getFirst()
                        : node)
                .filter(ConfigNode.Scalar.class::isInstance)
                .map(scalar -> ((ConfigNode.Scalar) scalar).text())
                .filter(text -> !SeveralStreams.isPattern(text));
    }

    private static Optional<ConfigNode> value(ConfigNode.Mapping mapping, String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(Entry::value);
    }

    ConfigNode.Mapping of(ConfigNode.Mapping pipeline) {
        return changed(pipeline, (key, value) -> switch (key) {
            case "source" -> value instanceof ConfigNode.Mapping source ? source(source) : value;
            case "destination" -> value instanceof ConfigNode.Mapping destination ? destination(destination) : value;
            default -> value;
        });
    }

    /// With the placeholder filled in; the stream stays as it is written.
    ConfigNode.Mapping filled(ConfigNode.Mapping pipeline) {
        return changed(
                pipeline,
                (key, value) -> key.equals("destination") && value instanceof ConfigNode.Mapping destination
                        ? destination(destination)
                        : value);
    }

    private ConfigNode source(ConfigNode.Mapping source) {
        return changed(
                source,
                (key, value) -> key.equals(SourceReader.STREAM.name())
                        ? new ConfigNode.Scalar(name, ConfigNode.Kind.TEXT, ConfigNode.Origin.FILE, value.place())
                        : value);
    }

    private ConfigNode destination(ConfigNode.Mapping destination) {
        return changed(destination, (key, value) -> key.equals(CONFIG) ? fill(value) : value);
    }

    private ConfigNode fill(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar(String text, var kind, var origin, var place) ->
                text.contains(PLACEHOLDER) || text.contains(TABLE)
                        ? new ConfigNode.Scalar(
                                text.replace(PLACEHOLDER, name)
                                        .replace(TABLE, name.substring(name.lastIndexOf('.') + 1)),
                                kind,
                                origin,
                                place)
                        : node;
            case ConfigNode.Sequence(List<ConfigNode> items, var place) ->
                new ConfigNode.Sequence(items.stream().map(this::fill).toList(), place);
            case ConfigNode.Mapping mapping -> changed(mapping, (key, value) -> fill(value));
        };
    }

    private interface Change {
        ConfigNode of(String key, ConfigNode value);
    }

    private static ConfigNode.Mapping changed(ConfigNode.Mapping mapping, Change change) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) -> entries.put(key, new Entry(entry.keyPlace(), change.of(key, entry.value()))));
        return new ConfigNode.Mapping(entries, mapping.place());
    }
}
