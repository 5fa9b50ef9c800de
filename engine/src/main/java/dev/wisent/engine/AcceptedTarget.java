package dev.wisent.engine;

import dev.wisent.api.RunId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.lease.Lease;
import dev.wisent.engine.internal.lease.ProgressCopy;
import dev.wisent.engine.internal.lease.StoreWrites;

/// Takes where the destination of a stream stands for right, though the state store remembers more commits: the way on for a
/// destination that went back in time on purpose. Rows since then are read again as far as the source still has them.
public final class AcceptedTarget {
    private AcceptedTarget() {}

    /// Holds the stream's lease meanwhile, so it is refused ([dev.wisent.api.error.ErrorCode#LEASE_HELD]) while a run works on
    /// it. The pipeline's source stays open.
    ///
    /// @return where the destination stands
    public static ProgressView accept(Pipeline pipeline, StateStore store) {
        StoreWrites writes = new StoreWrites(text -> {});
        RunId holder = RunIds.next();
        try (Lease _ = Lease.take(store, pipeline, holder, writes);
                Destination destination = PipelineRun.destination(pipeline, store)) {
            JobKey job = new JobKey(pipeline.id(), pipeline.stream());
            return new ProgressCopy(store, job, destination, writes, 0).accept();
        }
    }
}
