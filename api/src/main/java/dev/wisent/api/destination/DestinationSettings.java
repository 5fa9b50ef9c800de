package dev.wisent.api.destination;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.columnar.Schema;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of `destination.config` that all destinations share.
///
/// @param pipelineId what progress is stored under
/// @param targetSchemas `record_schemas` by `destination_id`, when `unnest` is on
/// @param bufferBytes `buffer_size`: the most a writer holds, or a part may have, before it is closed
/// @param commitInterval how often rows become visible or safe
/// @param console where a destination that shows rows to people writes them; never closed by it
/// @param stores opens the stores a configuration names by URL
/// @param writeMode how rows meet those that are there; MERGE only for a factory that names it among its
///     [modes][DestinationFactory#modes]. Each [Commit.Data] carries the same, into whichever generation
/// @param primaryKey `primary_key` of the pipeline, for all its streams; empty with MERGE: each stream is merged by its own
///     keys, which [WriteRequest#primaryKey] tells
/// @param cursorField with MERGE: of two rows of one key the one with the higher value stays, whichever came first
/// @param clusteringKeys of targets that have some of their own: the columns their rows are looked up by
public record DestinationSettings(
        String pipelineId,
        TargetId defaultTarget,
        Map<TargetId, Schema> targetSchemas,
        Optional<Schema> defaultSchema,
        long bufferBytes,
        Duration flushTimeout,
        Duration commitInterval,
        int maxConcurrentThreads,
        OutputStream console,
        ObjectStores stores,
        Commit.Mode writeMode,
        List<String> primaryKey,
        Optional<String> cursorField,
        Map<TargetId, List<String>> clusteringKeys) {
    public DestinationSettings {
        primaryKey = List.copyOf(primaryKey);
        clusteringKeys = Map.copyOf(clusteringKeys);
    }

    /// A destination whose rows are appended.
    public DestinationSettings(
            String pipelineId,
            TargetId defaultTarget,
            Map<TargetId, Schema> targetSchemas,
            Optional<Schema> defaultSchema,
            long bufferBytes,
            Duration flushTimeout,
            Duration commitInterval,
            int maxConcurrentThreads,
            OutputStream console,
            ObjectStores stores) {
        this(
                pipelineId,
                defaultTarget,
                targetSchemas,
                defaultSchema,
                bufferBytes,
                flushTimeout,
                commitInterval,
                maxConcurrentThreads,
                console,
                stores,
                Commit.Mode.APPEND,
                List.of(),
                Optional.empty(),
                Map.of());
    }

    /// The same, but rows are merged.
    public DestinationSettings merging(List<String> byKey, Optional<String> byCursor) {
        return writing(Commit.Mode.MERGE, byKey, byCursor, clusteringKeys);
    }

    /// The same, but rows are appended; `key` and `cursor` are for those who want to know.
    public DestinationSettings appending(List<String> key, Optional<String> cursor) {
        return writing(Commit.Mode.APPEND, key, cursor, clusteringKeys);
    }

    /// The same, but targets have clustering keys.
    public DestinationSettings clustered(Map<TargetId, List<String>> keys) {
        return writing(writeMode, primaryKey, cursorField, keys);
    }

    private DestinationSettings writing(
            Commit.Mode mode, List<String> key, Optional<String> cursor, Map<TargetId, List<String>> clustering) {
        return new DestinationSettings(
                pipelineId,
                defaultTarget,
                targetSchemas,
                defaultSchema,
                bufferBytes,
                flushTimeout,
                commitInterval,
                maxConcurrentThreads,
                console,
                stores,
                mode,
                key,
                cursor,
                clustering);
    }
}
