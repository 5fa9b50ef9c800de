package dev.wisent.api.state;

import dev.wisent.api.StreamId;

/// What a lease and a copy of progress are kept for.
public record JobKey(String pipelineId, StreamId stream) {}
