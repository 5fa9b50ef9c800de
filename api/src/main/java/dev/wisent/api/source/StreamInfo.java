package dev.wisent.api.source;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A stream as a source offers it.
///
/// @param schema if known before reading; empty: inferred, or schemaless (then records are written as the envelope)
/// @param keys the columns that identify a record, if the source knows them
/// @param modes the sync modes it can be read in; others are refused before anything runs
/// @param estimatedRows how many there are about, if the source can tell without counting them
/// @param rights what of it may be read
public record StreamInfo(
        StreamId id,
        Optional<Schema> schema,
        List<String> keys,
        List<String> cursorCandidates,
        Set<SyncMode> modes,
        SyncMode defaultMode,
        OptionalLong estimatedRows,
        Rights rights) {
    /// What whoever is logged in may read of a stream.
    public enum Rights {
        /// All columns.
        ALL,
        /// Some columns.
        SOME,
        /// Nothing.
        NONE,
        /// The source doesn't tell.
        UNKNOWN
    }

    public StreamInfo {
        keys = List.copyOf(keys);
        cursorCandidates = List.copyOf(cursorCandidates);
        modes = Set.copyOf(modes);
        if (!modes.contains(defaultMode)) {
            throw new IllegalArgumentException("default mode " + defaultMode + " is not among " + modes);
        }
    }

    /// One whose source knows neither how large it is nor who may read it.
    public StreamInfo(
            StreamId id,
            Optional<Schema> schema,
            List<String> keys,
            List<String> cursorCandidates,
            Set<SyncMode> modes,
            SyncMode defaultMode) {
        this(id, schema, keys, cursorCandidates, modes, defaultMode, OptionalLong.empty(), Rights.UNKNOWN);
    }

    /// The same stream, with what its source knows of this besides.
    public StreamInfo with(OptionalLong rows, Rights known) {
        return new StreamInfo(id, schema, keys, cursorCandidates, modes, defaultMode, rows, known);
    }
}
