package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamId;
import java.util.List;
import java.util.Optional;

/// What a source is told.
///
/// @param query read instead of a table; its stream is `stream`
/// @param contract what may become of the table between two runs
public record ReadOptions(
        StreamId stream,
        Optional<String> query,
        Optional<String> cursorField,
        List<String> primaryKey,
        TableContract contract) {
    public ReadOptions {
        primaryKey = List.copyOf(primaryKey);
    }

    /// For one read, of whatever there is.
    public ReadOptions(StreamId stream, Optional<String> query, Optional<String> cursorField, List<String> primaryKey) {
        this(stream, query, cursorField, primaryKey, TableContract.EVOLVE);
    }
}
