package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.engine.internal.task.Host;
import java.time.Duration;

/// Where a [LaneFeed] takes its messages from.
///
/// @param job pipeline and stream, as in every message
/// @param mostHeld bytes of entries that wait in memory
/// @param patience how long a missing message is waited for
record FedLane(MessageQueue queue, String job, LaneId lane, long mostHeld, Host host, Duration patience) {
    static FedLane of(Loading loading) {
        return new FedLane(
                loading.queue(),
                loading.name(),
                loading.lane(),
                loading.mostHeld(),
                loading.services().host(),
                loading.job().timing().retryBudget());
    }
}
