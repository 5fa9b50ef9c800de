package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import java.time.Duration;
import java.util.function.Consumer;

/// What a loader works with.
///
/// @param job the stream's job; of it the loader takes what concerns writing
/// @param services as in a run without a queue; the source is not used
/// @param name pipeline and stream, as in every message
/// @param mostHeld bytes of entries that wait in memory, for each lane
/// @param place whether the lane is this loader's, or another one's as long as that one loads
/// @param patience how long a lane of another loader stands still before this one takes it
/// @param look how often the destination's progress is read while there is nothing else to do
/// @param loaded is called whenever the lane was loaded to the end of an extraction; must not wait
/// @param warn tells people, at once; must not wait
public record Loading(
        StreamJob job,
        RunServices services,
        MessageQueue queue,
        String name,
        LaneId lane,
        long mostHeld,
        Place place,
        Duration patience,
        Duration look,
        Runnable loaded,
        Consumer<String> warn) {
    /// Who begins with a lane.
    public enum Place {
        OWN,
        STAND_BY
    }
}
