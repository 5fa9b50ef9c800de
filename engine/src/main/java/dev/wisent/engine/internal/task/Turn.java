package dev.wisent.engine.internal.task;

/// What a task says after a turn.
public sealed interface Turn {
    Turn BUSY = new Busy();
    Turn DONE = new Done();

    /// It has more to do at once.
    record Busy() implements Turn {}

    /// It waits: until somebody wakes it, or until the host's clock shows `until` (nanoseconds, as [Host#nanos]).
    record Idle(long until) implements Turn {}

    /// It never wants another turn.
    record Done() implements Turn {}
}
