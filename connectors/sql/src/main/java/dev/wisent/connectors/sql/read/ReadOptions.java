package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamId;
import java.util.List;
import java.util.Optional;

/// What a source is told.
///
/// @param query read instead of a table; its stream is `stream`
public record ReadOptions(
        StreamId stream, Optional<String> query, Optional<String> cursorField, List<String> primaryKey) {
    public ReadOptions {
        primaryKey = List.copyOf(primaryKey);
    }
}
