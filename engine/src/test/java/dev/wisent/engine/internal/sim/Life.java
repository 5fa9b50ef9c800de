package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.task.Share;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// One start of the engine: running, frozen (a process that was stopped, or seems dead), or dead.
final class Life {
    enum State {
        RUNNING,
        FROZEN,
        DEAD
    }

    /// So small that most histories fill them.
    static final long SHARE = 1000;

    final int number;
    final String run;
    /// What it meets may fail for good; never in the last lives, which must come to an end.
    final boolean mayFail;
    final AtomicBoolean jumbo = new AtomicBoolean();
    final Share ship = new Share("ship", SHARE, new AtomicBoolean());
    State state = State.RUNNING;
    Optional<StreamRun> engine = Optional.empty();
    /// It is inside a destination call, which other lives interrupt.
    int inCall;
    /// When it was told to stop.
    OptionalLong stoppedAt = OptionalLong.empty();
    /// It may not read it all.
    boolean capped;
    /// Its source went back, so it has to fail.
    boolean sentBack;
    long pollsAfterGrace;
    long rowsSinceCut;

    Life(int number, boolean mayFail) {
        this.number = number;
        this.run = "run" + number;
        this.mayFail = mayFail;
    }
}
