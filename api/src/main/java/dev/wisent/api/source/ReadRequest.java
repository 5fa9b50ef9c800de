package dev.wisent.api.source;

import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.columnar.Schema;
import java.util.Optional;

/// What a planner is to cover.
///
/// @param progress what the generation to be filled holds already. Its finished splits are not read again, but a full refresh
///     names
///     them too: one that holds a split nobody names any more is begun anew
/// @param state what [Planner#opening] answered when the generation was begun; empty for a generation that is about
///     to
/// begin and for the live one
/// @param schema the schema stored with that progress: inference happens once
/// @param accepted the schema that the stream's contract is held against: that of what is published; empty: nothing is, or a
///     reset replaces it
public record ReadRequest(
        StreamId stream,
        SyncMode mode,
        GenerationView progress,
        StreamState state,
        Optional<Schema> schema,
        Optional<Schema> accepted) {
    /// Where the progress is all that counts.
    public ReadRequest(
            StreamId stream, SyncMode mode, GenerationView progress, StreamState state, Optional<Schema> schema) {
        this(stream, mode, progress, state, schema, schema);
    }
}
