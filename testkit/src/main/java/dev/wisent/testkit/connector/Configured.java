package dev.wisent.testkit.connector;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Place;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.storage.ObjectStores;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Connectors made by their factories, as a pipeline makes them. Keys are what YAML would hold: texts, numbers, truth values,
/// lists and maps. Problems of the configuration are an [IllegalArgumentException] that lists all of them.
public final class Configured {
    private static final Place NOWHERE = new Place("test.yml", 1, 1);
    private static final String PIPELINE = "test";
    private static final long BUFFER_BYTES = 1 << 20;
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(600);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(10);
    private static final int THREADS = 10;

    private Configured() {}

    /// A source that reads `stream` in its default mode.
    public static Source source(SourceFactory factory, String stream, Map<String, ?> keys) {
        return source(factory, settings(stream, Optional.empty()), keys);
    }

    /// A source that reads `stream` in `mode`.
    public static Source source(SourceFactory factory, String stream, SyncMode mode, Map<String, ?> keys) {
        return source(factory, settings(stream, Optional.of(mode)), keys);
    }

    public static Source source(SourceFactory factory, SourceSettings settings, Map<String, ?> keys) {
        ConfigProblems problems = new ConfigProblems();
        Source source = factory.create(section(keys, problems), settings);
        refuse(problems);
        return source;
    }

    /// What all sources share, at its defaults; there are no object stores.
    public static SourceSettings settings(String stream, Optional<SyncMode> mode) {
        return new SourceSettings(
                PIPELINE,
                new StreamId(stream),
                mode,
                Optional.empty(),
                List.of(),
                SourceSettings.DEFAULT_MAX_RECORD_BYTES,
                ObjectStores.none());
    }

    /// A destination that keeps its own progress.
    public static Destination destination(DestinationFactory factory, Map<String, ?> keys) {
        return destination(factory, ObjectStores.none(), keys);
    }

    /// A destination that keeps its own progress, and may be in one of `stores`.
    public static Destination destination(DestinationFactory factory, ObjectStores stores, Map<String, ?> keys) {
        if (handle(factory, settings(new ByteArrayOutputStream(), stores), keys)
                instanceof DestinationHandle.Transactional(Destination destination)) {
            return destination;
        }
        throw new IllegalArgumentException(factory.name() + " only takes batches: BatchDestinationContract tests it");
    }

    /// A destination that only takes batches.
    public static BatchDestination batches(DestinationFactory factory, Map<String, ?> keys) {
        if (handle(factory, settings(new ByteArrayOutputStream()), keys)
                instanceof DestinationHandle.Batches(BatchDestination destination)) {
            return destination;
        }
        throw new IllegalArgumentException(factory.name() + " keeps its own progress: DestinationContract tests it");
    }

    public static DestinationHandle handle(
            DestinationFactory factory, DestinationSettings settings, Map<String, ?> keys) {
        ConfigProblems problems = new ConfigProblems();
        DestinationHandle handle = factory.create(section(keys, problems), settings);
        refuse(problems);
        return handle;
    }

    /// What all destinations share, at its defaults; rows for people go to `console`. There are no
    /// object stores. The stream's own target is `orders`.
    public static DestinationSettings settings(OutputStream console) {
        return settings(console, ObjectStores.none());
    }

    private static DestinationSettings settings(OutputStream console, ObjectStores stores) {
        return new DestinationSettings(
                PIPELINE,
                new TargetId("orders"),
                Map.of(),
                Optional.empty(),
                BUFFER_BYTES,
                FLUSH_TIMEOUT,
                COMMIT_INTERVAL,
                THREADS,
                console,
                stores);
    }

    private static ConfigSection section(Map<String, ?> keys, ConfigProblems problems) {
        return new ConfigSection("", mapping(keys), problems);
    }

    private static void refuse(ConfigProblems problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.all().toString());
        }
    }

    private static ConfigNode.Mapping mapping(Map<?, ?> keys) {
        SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        keys.forEach((key, value) -> entries.put(String.valueOf(key), new ConfigNode.Entry(NOWHERE, node(value))));
        return new ConfigNode.Mapping(entries, NOWHERE);
    }

    private static ConfigNode node(Object value) {
        return switch (value) {
            case Map<?, ?> map -> mapping(map);
            case List<?> list -> {
                List<ConfigNode> items = new ArrayList<>();
                list.forEach(item -> items.add(node(item)));
                yield new ConfigNode.Sequence(items, NOWHERE);
            }
            default ->
                new ConfigNode.Scalar(String.valueOf(value), ConfigNode.Kind.TEXT, ConfigNode.Origin.FILE, NOWHERE);
        };
    }
}
