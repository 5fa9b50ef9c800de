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

    static DestinationHandle fileDestination(Path folder, DestinationSettings settings) {
        ConfigProblems problems = new ConfigProblems();
        DestinationHandle handle = ServiceLoader.load(DestinationFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.name().equals("file"))
                .findFirst()
                .orElseThrow()
                .create(section(Map.of("path", folder + "/", "format", "ndjson"), problems), settings);
        refuse(problems);
        return handle;
    }

    private static Source source(String name, String stream, Map<String, String> options) {
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

    private static ConfigSection section(Map<String, String> options, ConfigProblems problems) {
        LinkedHashMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        options.forEach((key, value) -> entries.put(
                key,
                new ConfigNode.Entry(
                        HERE, new ConfigNode.Scalar(value, ConfigNode.Kind.TEXT, ConfigNode.Origin.FILE, HERE))));
        return new ConfigSection("", new ConfigNode.Mapping(entries, HERE), problems);
    }
}
