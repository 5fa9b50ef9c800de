package dev.wisent.api.destination;

import dev.wisent.api.TargetId;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.columnar.Schema;
import java.io.OutputStream;
import java.time.Duration;
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
        ObjectStores stores) {}
