package dev.wisent.connectors.sql;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One stream of a test's database, read as a pipeline reads it.
///
/// @param keys of the source, those of the connection among them
public record Reads(
        SourceFactory factory, String stream, Map<String, ?> keys, Optional<String> cursor, List<String> key) {
    public static Reads of(SourceFactory factory, String stream, Map<String, ?> connection) {
        return new Reads(factory, stream, connection, Optional.empty(), List.of());
    }

    public Reads with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(keys);
        more.put(name, value);
        return new Reads(factory, stream, more, cursor, key);
    }

    public Reads by(String cursorField) {
        return new Reads(factory, stream, keys, Optional.of(cursorField), key);
    }

    public Reads key(String... columns) {
        return new Reads(factory, stream, keys, cursor, List.of(columns));
    }

    public Source open() {
        SourceSettings plain = Configured.settings(
                stream, Optional.of(cursor.isPresent() ? SyncMode.INCREMENTAL : SyncMode.FULL_REFRESH));
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                cursor,
                key,
                plain.maxRecordBytes(),
                plain.stores());
        return Configured.source(factory, settings, keys);
    }

    public StreamId id() {
        return new StreamId(stream);
    }

    public SourceReading all() {
        return after(Map.of());
    }

    public SourceReading after(Map<SplitId, SplitView> before) {
        try (Source source = open()) {
            return SourceReading.after(
                    source, id(), cursor.isPresent() ? SyncMode.INCREMENTAL : SyncMode.FULL_REFRESH, before);
        }
    }

    public List<String> rows() {
        return all().rows();
    }
}
