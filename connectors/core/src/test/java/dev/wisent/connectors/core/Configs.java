package dev.wisent.connectors.core;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Place;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.storage.Stores;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Configuration for tests, from plain maps and lists.
public final class Configs {
    private static final Place NOWHERE = new Place("test.yml", 1, 1);

    private Configs() {}

    /// Reads a section and fails with all its problems.
    public interface Reading<T> {
        T read(ConfigSection config);
    }

    public static <T> T read(Map<String, ?> keys, Reading<T> reading) {
        ConfigProblems problems = new ConfigProblems();
        T read = reading.read(new ConfigSection("", mapping(keys), problems));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.all().toString());
        }
        return read;
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

    public static SourceSettings source(String stream, Optional<SyncMode> mode) {
        return source(stream, mode, SourceSettings.DEFAULT_MAX_RECORD_BYTES);
    }

    public static SourceSettings source(String stream, Optional<SyncMode> mode, long maxRecordBytes) {
        return new SourceSettings(
                "test", new StreamId(stream), mode, Optional.empty(), List.of(), maxRecordBytes, Stores.local());
    }

    public static DestinationSettings destination(long bufferBytes) {
        return destination(bufferBytes, new ByteArrayOutputStream());
    }

    public static DestinationSettings destination(long bufferBytes, OutputStream console) {
        return new DestinationSettings(
                "test",
                new TargetId("orders"),
                Map.of(),
                Optional.empty(),
                bufferBytes,
                Duration.ofSeconds(600),
                Duration.ofSeconds(10),
                10,
                console,
                Stores.local());
    }
}
