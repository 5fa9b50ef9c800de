package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.run.StreamRun;
import java.util.Optional;

/// One start of the engine: running, frozen (a process that was stopped, or seems dead), or dead.
final class Life {
    enum State {
        RUNNING,
        FROZEN,
        DEAD
    }

    final int number;
    final String run;
    State state = State.RUNNING;
    Optional<StreamRun> engine = Optional.empty();
    /// It is inside a destination call, which other lives interrupt.
    int inCall;

    Life(int number) {
        this.number = number;
        this.run = "run" + number;
    }
}
