package dev.wisent.api.source;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A stream as a source offers it.
///
/// @param schema if known before reading; empty: inferred, or schemaless (then records are written as the envelope)
/// @param keys the columns that identify a record, if the source knows them
/// @param modes the sync modes it can be read in; others are refused before anything runs
public record StreamInfo(
        StreamId id,
        Optional<Schema> schema,
        List<String> keys,
        List<String> cursorCandidates,
        Set<SyncMode> modes,
        SyncMode defaultMode) {
    public StreamInfo {
        keys = List.copyOf(keys);
        cursorCandidates = List.copyOf(cursorCandidates);
        modes = Set.copyOf(modes);
        if (!modes.contains(defaultMode)) {
            throw new IllegalArgumentException("default mode " + defaultMode + " is not among " + modes);
        }
    }
}
