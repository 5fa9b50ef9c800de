package dev.wisent.api.destination;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.GenerationId;

/// What a lane writer is made for.
///
/// @param claim the number of the run's claim on the lane: in the name of every part (R7)
/// @param worker which of the run's workers; with a counter of the writer's own it makes part names unique
public record WriteRequest(
        StreamId stream, LaneId lane, RunId run, long claim, int worker, GenerationId generation, Shipping shipping) {}
