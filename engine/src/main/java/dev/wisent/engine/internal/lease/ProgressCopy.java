package dev.wisent.engine.internal.lease;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.run.RunServices;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps a copy of the destination's progress in the state store, for people: after claims and publishes, and after every
/// so many commits if that is wanted. The destination's own is the truth; an adapted destination keeps its progress there
/// itself.
public final class ProgressCopy implements RunServices.Listener {
    /// A copy shows where lanes stand, not which commits brought them there.
    private static final CommitId NOT_COPIED = new CommitId("copy");

    /// Of more, the finished ones are only counted: the copy is made while a run waits.
    private static final int SPLITS_COPIED = 10_000;

    private final StateStore store;
    private final JobKey job;
    private final Destination destination;
    private final StoreWrites writes;
    private final long every;
    private final AtomicLong commits = new AtomicLong();

    /// @param every 0: after claims and publishes only
    public ProgressCopy(StateStore store, JobKey job, Destination destination, StoreWrites writes, long every) {
        this.store = store;
        this.job = job;
        this.destination = destination;
        this.writes = writes;
        this.every = every;
    }

    @Override
    public void committed(Commit commit) {
        boolean keepsItsOwn = destination.capabilities().guarantee() == Capabilities.Guarantee.EXACTLY_ONCE;
        if (keepsItsOwn && isDue(commit)) {
            ProgressView view = destination.progress(job.stream());
            Map<LaneId, Map<Long, CommitId>> last = new HashMap<>();
            view.lanes().forEach((lane, stands) -> last.put(lane, Map.of(stands.last(), NOT_COPIED)));
            writes.attempt(
                    () -> store.saveProgress(job, ProgressJson.excerpt(Progress.restore(view, last), SPLITS_COPIED)),
                    "the copy of the progress is not saved; the destination has it");
        }
        Boundary.reached(Boundary.STATE_SAVED);
    }

    private boolean isDue(Commit commit) {
        return switch (commit) {
            case Commit.Data data -> every > 0 && commits.incrementAndGet() % every == 0;
            case Commit.Publish publish -> true;
            case Commit.Claim claim -> true;
            default -> false;
        };
    }

    @Override
    public void warning(String text) {}
}
