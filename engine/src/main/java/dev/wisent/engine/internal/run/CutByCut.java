package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.destination.Destination;

/// A destination that takes each cut as a commit of its own, one after the other, as if it were a session: a queue, where each
/// cut ends what one worker wrote since its last one.
///
/// The claim of a loader behind the queue ([dev.wisent.api.commit.Role#WRITE]) does not take a run over that writes here.
public interface CutByCut extends Destination {
    /// Whether a cut of `worker` in `lane` is on its way: the worker writes nothing more until it is in. Any thread.
    boolean awaitsCut(LaneId lane, int worker);
}
