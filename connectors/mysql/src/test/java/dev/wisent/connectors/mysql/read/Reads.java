package dev.wisent.connectors.mysql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One stream of a test's database, read as a pipeline reads it.
record Reads(
        MariaDbServer.Database database,
        String stream,
        Map<String, ?> keys,
        Optional<String> cursor,
        List<String> key) {
    static Reads of(MariaDbServer.Database database, String stream) {
        return new Reads(database, stream, Map.of(), Optional.empty(), List.of());
    }

    Reads with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(keys);
        more.put(name, value);
        return new Reads(database, stream, more, cursor, key);
    }

    Reads by(String cursorField) {
        return new Reads(database, stream, keys, Optional.of(cursorField), key);
    }

    Reads key(String... columns) {
        return new Reads(database, stream, keys, cursor, List.of(columns));
    }

    Source open() {
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
        return Configured.source(new MysqlSourceFactory(), settings, database.keys(keys));
    }

    StreamId id() {
        return new StreamId(stream);
    }

    SourceReading all() {
        return after(Map.of());
    }

    SourceReading after(Map<SplitId, SplitView> before) {
        try (Source source = open()) {
            return SourceReading.after(
                    source, id(), cursor.isPresent() ? SyncMode.INCREMENTAL : SyncMode.FULL_REFRESH, before);
        }
    }

    List<String> rows() {
        return all().rows();
    }
}
