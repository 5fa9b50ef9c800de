package dev.wisent.api.source;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import java.time.Duration;

/// Fetches chunks. One thread calls everything but [#wakeUp]. A failure is thrown from [#poll]: a
/// [dev.wisent.api.error.SplitFailure] when one
/// input is unusable, a transient [dev.wisent.api.error.WisentException] when the same call may be tried again, any
/// other one ends the run.
public interface SplitReader extends AutoCloseable {
    /// Starts reading `split` after `after`.
    void add(Split split, Position after);

    /// No chunk of it until [#resume].
    void pause(SplitId split);

    void resume(SplitId split);

    /// No chunk of it comes any more; the engine throws away those it still holds. It may be added again, at an
    /// earlier position.
    void remove(SplitId split);

    /// What comes next, of any split; [Fetched.Idle] when nothing came within `wait`. Chunks of one split come in
    /// order.
    Fetched poll(Duration wait);

    /// Comes a few times a second instead of [#poll] while what came last finds no room, be it for hours: a reader whose
    /// service takes silence for an end shows that it is there. Takes a moment at most, and what it meets the next poll tells.
    default void keep() {}

    /// Whether nothing is left of what the source is known to hold of the splits that are read: asked when a [#poll] brought
    /// nothing. A stream that ends by itself does not end before. A reader that can't know says yes.
    default boolean isCaughtUp() {
        return true;
    }

    /// Acknowledges, after the commit that holds everything up to `upTo` (R2). A reader that serves several splits
    /// ([Traits.Readers#SHARED]) is told of the last commit of those that ended or were removed, too, and of splits that other
    /// readers of the stream had.
    void committed(SplitId split, Position upTo);

    /// Ends a waiting [#poll] early. From any thread.
    void wakeUp();

    @Override
    void close();
}
