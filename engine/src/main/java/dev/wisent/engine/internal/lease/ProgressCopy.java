package dev.wisent.engine.internal.lease;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.run.Fingerprint;
import dev.wisent.engine.internal.run.RunServices;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps a copy of the destination's progress in the state store, for people, and to notice a destination that went back in
/// time: after claims and publishes, and after every so many commits if that is wanted. The destination's own is the truth; an
/// adapted destination keeps its progress there itself.
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
        if (keepsItsOwn() && isDue(commit)) {
            ProgressView view = destination.progress(job.stream());
            writes.attempt(
                    () -> store.saveProgress(job, text(view)),
                    "the copy of the progress is not saved; the destination has it");
        }
        Boundary.reached(Boundary.STATE_SAVED);
    }

    /// Takes what the destination shows now for right, whatever was copied before.
    public ProgressView accept() {
        ProgressView view = destination.progress(job.stream());
        if (keepsItsOwn()) {
            store.saveProgress(job, text(view));
        }
        return view;
    }

    private String text(ProgressView view) {
        Map<LaneId, Map<Long, CommitId>> last = new HashMap<>();
        view.lanes().forEach((lane, stands) -> last.put(lane, Map.of(stands.last(), NOT_COPIED)));
        return ProgressJson.excerpt(Progress.restore(view, last), SPLITS_COPIED, place());
    }

    private boolean keepsItsOwn() {
        return destination.capabilities().guarantee() == Capabilities.Guarantee.EXACTLY_ONCE;
    }

    /// Numbers of a lane's commits only grow, and the copy is made of what was read from the destination: where that has a
    /// lower one, it lost commits. A copy of another place says nothing.
    @Override
    public Optional<WisentException> older() {
        if (!keepsItsOwn()) {
            return Optional.empty();
        }
        // First the copy: what a process beside this one commits meanwhile is in the destination then.
        Optional<String> copy = copy();
        return copy.isEmpty() ? Optional.empty() : older(copy.get(), destination.progress(job.stream()));
    }

    /// A digest, for a secret may be in a path (R14).
    private String place() {
        return Fingerprint.of(destination.location(job.stream()));
    }

    private Optional<String> copy() {
        String here = place();
        return store.progress(job)
                .filter(text -> ProgressJson.place(text).filter(here::equals).isPresent());
    }

    private Optional<WisentException> older(String copy, ProgressView now) {
        return new TreeMap<>(ProgressJson.parse(copy).view().lanes())
                .entrySet().stream()
                        .filter(lane ->
                                now.lane(lane.getKey()).last() < lane.getValue().last())
                        .findFirst()
                        .map(lane -> older(
                                lane.getKey(),
                                lane.getValue(),
                                now.lane(lane.getKey()).last()));
    }

    private WisentException older(LaneId lane, LaneView then, long now) {
        String shown = now == 0 ? "nothing of stream " + job.stream() : "commit " + now + " of stream " + job.stream();
        return WisentException.of(
                        ErrorCode.DESTINATION_FOREIGN,
                        "the destination is older than what this pipeline committed to it: it has " + shown
                                + ", and once had commit " + then.last()
                                + then.claimant()
                                        .map(by -> " (run " + by.run() + ")")
                                        .orElse(""))
                .where(destination.location(job.stream()) + ", lane " + lane)
                .tried("comparing its progress with the state store's copy, several times")
                .hint(
                        "was a backup put back, or the target made anew? To read everything again and replace what is there:"
                                + " wisent stream reset FILE; to go on from where the target stands: wisent state accept FILE")
                .next("wisent stream reset FILE");
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
