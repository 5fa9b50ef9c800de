package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.RejectFile;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.destination.Flushing;
import java.util.List;

/// All a worker did for a lane between two of its cuts, complete in itself: a commit is made of whole cuts.
record Cut(
        LaneId lane,
        List<Advance> advances,
        Flushing flushing,
        Counts counts,
        List<RejectFile> rejects,
        List<Latency.Sample> latency,
        Urgency urgency) {
    enum Urgency {
        /// Committed when the lane's commit is due.
        WHEN_DUE,
        /// Nothing else is coming: at the end, at a stop, or with a session that can't hold more.
        NOW
    }
}
