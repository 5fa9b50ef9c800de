package dev.wisent.connectors.sql.staged;

import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.Schema;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Writes rows of one target and schema into parts, one after the other. One thread.
public interface PartWriter extends Writer, AutoCloseable {
    /// A part that gets no more rows.
    ///
    /// @param discard removes it, after `fragment` is done; what can't be removed is left to a sweep
    record Sealed(CompletableFuture<Fragment> fragment, Runnable discard) {}

    /// The columns of its rows.
    Schema rows();

    /// As [dev.wisent.api.destination.LaneWriter#heldBytes].
    long heldBytes();

    /// Ends the part in the making, if there is one.
    Optional<Sealed> seal();

    /// Gives up the part in the making.
    void drop();

    @Override
    void close();
}
