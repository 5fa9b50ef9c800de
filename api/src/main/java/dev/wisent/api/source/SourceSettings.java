package dev.wisent.api.source;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.storage.ObjectStores;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The keys of the `source:` section that all sources share.
///
/// @param syncMode empty: the stream's own default
/// @param maxRecordBytes larger records are rejects, found while scanning and before anything is allocated for them
/// (R10)
/// @param stores opens the stores a configuration names by URL
/// @param formats finds formats of files that families bring
/// @param routed the topics, endpoints and the like that `streams:` picks, where it stands
/// @param drivers the JDBC drivers of plug-ins
public record SourceSettings(
        String pipelineId,
        StreamId stream,
        Optional<SyncMode> syncMode,
        Optional<String> cursorField,
        List<String> primaryKey,
        long maxRecordBytes,
        ObjectStores stores,
        FileFormats formats,
        List<String> routed,
        JdbcDrivers drivers) {
    public SourceSettings {
        routed = List.copyOf(routed);
    }

    /// A record of this size still fits the default heap four times.
    public static final long DEFAULT_MAX_RECORD_BYTES = 64L << 20;

    /// Where no family's formats are needed.
    public SourceSettings(
            String pipelineId,
            StreamId stream,
            Optional<SyncMode> syncMode,
            Optional<String> cursorField,
            List<String> primaryKey,
            long maxRecordBytes,
            ObjectStores stores) {
        this(pipelineId, stream, syncMode, cursorField, primaryKey, maxRecordBytes, stores, FileFormats.none());
    }

    /// Where nothing is routed, and no plug-in's drivers are needed.
    public SourceSettings(
            String pipelineId,
            StreamId stream,
            Optional<SyncMode> syncMode,
            Optional<String> cursorField,
            List<String> primaryKey,
            long maxRecordBytes,
            ObjectStores stores,
            FileFormats formats) {
        this(
                pipelineId,
                stream,
                syncMode,
                cursorField,
                primaryKey,
                maxRecordBytes,
                stores,
                formats,
                List.of(),
                JdbcDrivers.none());
    }

    public SourceSettings routing(Collection<String> names) {
        return new SourceSettings(
                pipelineId,
                stream,
                syncMode,
                cursorField,
                primaryKey,
                maxRecordBytes,
                stores,
                formats,
                names.stream().sorted().toList(),
                drivers);
    }

    /// The same with the drivers of plug-ins.
    public SourceSettings with(JdbcDrivers ofPlugins) {
        return new SourceSettings(
                pipelineId,
                stream,
                syncMode,
                cursorField,
                primaryKey,
                maxRecordBytes,
                stores,
                formats,
                routed,
                ofPlugins);
    }
}
