package dev.wisent.api.commit;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;

/// What every commit carries.
///
/// @param n the lane's last number + 1; never changed after a refusal, but for a claim
public record Head(CommitId id, StreamId stream, LaneId lane, long n, RunId run) {}
