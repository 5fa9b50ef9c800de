package dev.wisent.engine.internal.queue;

import dev.wisent.api.commit.LaneView;
import java.time.Duration;

/// The wait beside a lane that another loader has. It ends when nothing was committed there for the patience, a message was
/// waiting then, and nothing was committed for as long again. That only decides who works: claims fence. Somebody who takes a
/// lane and loses it before he could commit anything waits twice as long the next time, so that those whose commits take longer
/// than anybody's patience get to one.
final class StandBy {
    private static final int MOST_DOUBLINGS = 10;

    private final long patience;
    private int doublings;
    private long last = -1;
    private long since;
    private boolean waiting;
    private boolean tookIt;

    StandBy(Duration patience) {
        this.patience = patience.toNanos();
    }

    /// Whether the lane stands where it stood for long enough.
    boolean isStill(LaneView lane, long now) {
        if (lane.last() != last) {
            last = lane.last();
            since = now;
            waiting = false;
            if (tookIt) {
                tookIt = false;
                doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
            }
        }
        return now - since >= patience << doublings;
    }

    /// Whether a message was waiting all the time that it stands still; the first time it is not known.
    boolean hasWaited(long now) {
        if (!waiting) {
            waiting = true;
            since = now;
            return false;
        }
        return true;
    }

    /// This loader takes the lane.
    void taken() {
        tookIt = true;
    }

    /// And loads it.
    void committed() {
        tookIt = false;
        doublings = 0;
    }
}
