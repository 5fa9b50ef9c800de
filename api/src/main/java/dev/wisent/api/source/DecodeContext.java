package dev.wisent.api.source;

import dev.wisent.api.Position;
import dev.wisent.columnar.StreamSchema;
import java.util.Optional;

/// What a decoder starts with.
///
/// @param after the last committed position: records up to it come no more. A byte format that can't be entered there
/// skips by itself
/// @param schema shared by all decoders of the stream in this process; empty: schemaless
public record DecodeContext(Position after, Optional<StreamSchema> schema) {}
