package dev.wisent.api.source;

import dev.wisent.api.StreamId;

/// What a reader is made for.
public record ReaderContext(StreamId stream) {}
