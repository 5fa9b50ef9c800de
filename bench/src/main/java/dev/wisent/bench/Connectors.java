package dev.wisent.bench;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Place;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.storage.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// The connectors under measurement, made as the command line makes them.
final class Connectors {
    private static final Place HERE = new Place("bench", 1, 1);

    private Connectors() {}

    static Source generator(long rows) {
        return source("generator", "orders", Map.of("rows", String.valueOf(rows), "record_bytes", "200"));
    }

    static Source files(Path folder) {
        return source("files", "rows", Map.of("path", folder + "/*.ndjson", "format", "ndjson"));
    }

    /// Files of [LakeData], with its columns declared.
    static Source events(Path folder, String suffix) {
        List<ConfigNode> fields = new ArrayList<>();
        LakeData.COLUMNS.forEach((name, type) -> fields.add(mapping(Map.of("name", text(name), "type", text(type)))));
        return source(
                "files",
                "events",
                mapping(Map.of(
                        "path", text(folder + "/*.ndjson." + suffix),
                        "format", text("ndjson"),
                        "schema", mapping(Map.of("fields", new ConfigNode.Sequence(fields, HERE))))));
    }

    static DestinationHandle parquetDestination(Path folder, String compression, DestinationSettings settings) {
        return destination(Map.of("path", folder + "/", "format", "parquet", "compression", compression), settings);
    }

    static DestinationHandle fileDestination(Path folder, DestinationSettings settings) {
        return destination(Map.of("path", folder + "/", "format", "ndjson"), settings);
    }

    private static DestinationHandle destination(Map<String, String> options, DestinationSettings settings) {
        ConfigProblems problems = new ConfigProblems();
        DestinationHandle handle = ServiceLoader.load(DestinationFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.name().equals("file"))
                .findFirst()
                .orElseThrow()
                .create(section(scalars(options), problems), settings);
        refuse(problems);
        return handle;
    }

    private static Source source(String name, String stream, Map<String, String> options) {
        return source(name, stream, scalars(options));
    }

    private static Source source(String name, String stream, ConfigNode.Mapping options) {
        ConfigProblems problems = new ConfigProblems();
        SourceSettings settings = new SourceSettings(
                "bench",
                new StreamId(stream),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SourceSettings.DEFAULT_MAX_RECORD_BYTES,
                Stores.local());
        Source source = ServiceLoader.load(SourceFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow()
                .create(section(options, problems), settings);
        refuse(problems);
        return source;
    }

    private static void refuse(ConfigProblems problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.all().toString());
        }
    }

    private static ConfigSection section(ConfigNode.Mapping options, ConfigProblems problems) {
        return new ConfigSection("", options, problems);
    }

    private static ConfigNode.Mapping scalars(Map<String, String> options) {
        Map<String, ConfigNode> nodes = new LinkedHashMap<>();
        options.forEach((key, value) -> nodes.put(key, text(value)));
        return mapping(nodes);
    }

    private static ConfigNode.Mapping mapping(Map<String, ConfigNode> nodes) {
        LinkedHashMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        nodes.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(HERE, value)));
        return new ConfigNode.Mapping(entries, HERE);
    }

    private static ConfigNode text(String value) {
        return new ConfigNode.Scalar(value, ConfigNode.Kind.TEXT, ConfigNode.Origin.FILE, HERE);
    }
}
