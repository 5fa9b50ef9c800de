package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import java.time.Duration;

/// What a loader works with.
///
/// @param job the stream's job; of it the loader takes what concerns writing
/// @param services as in a run without a queue; the source is not used
/// @param name pipeline and stream, as in every message
/// @param mostHeld bytes of entries that wait in memory, for each lane
/// @param standBy how long a lane another loader holds stands still before this one takes it
/// @param look how often the destination's progress is read while there is nothing else to do
public record Loading(
        StreamJob job,
        RunServices services,
        MessageQueue queue,
        String name,
        LaneId lane,
        long mostHeld,
        Duration standBy,
        Duration look) {}
