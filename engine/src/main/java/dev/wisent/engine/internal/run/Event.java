package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.source.Split;
import java.util.List;

/// What the parts of a run tell its coordinator.
sealed interface Event {
    /// A commit has its final answer: never Unknown.
    record Answered(LaneId lane, Commit commit, CommitOutcome outcome, List<Latency.Sample> latency) implements Event {}

    /// A split can't be resumed where it was left.
    record Expired(Split split, boolean begun, String why) implements Event {}

    /// A committer that was told to finish has committed everything.
    record LaneDone(LaneId lane) implements Event {}

    /// A worker has nothing open and everything it did is cut.
    record WorkerDone(int worker) implements Event {}

    /// `max_iterations` is reached.
    record Capped() implements Event {}

    /// A worker or committer has ended.
    record Ended() implements Event {}

    /// Somebody asked the run to stop.
    record StopWanted() implements Event {}

    /// The run can't go on.
    record Broken(Throwable cause) implements Event {}
}
