package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Source;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.transform.TransformChain;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a [StreamRun] works with.
///
/// @param resets the resets that were asked for
/// @param jumbo the one permit for a fetched chunk larger than its share (R10)
/// @param without nothing, but in the simulation
public record RunServices(
        Host host,
        Source source,
        Destination destination,
        Shipping shipping,
        Parts parts,
        Listener listener,
        ResetLog resets,
        AtomicBoolean jumbo,
        Set<EngineRule> without) {
    /// With every rule upheld.
    public RunServices(
            Host host,
            Source source,
            Destination destination,
            Shipping shipping,
            Parts parts,
            Listener listener,
            ResetLog resets,
            AtomicBoolean jumbo) {
        this(host, source, destination, shipping, parts, listener, resets, jumbo, Set.of());
    }

    boolean upholds(EngineRule rule) {
        return !without.contains(rule);
    }

    /// Makes the pieces a worker needs of its own.
    public interface Parts {
        RowShaper shaper(StreamId stream);

        RejectLog rejects(LaneId lane, int worker);

        /// The steps between decoder and shaper, for one worker.
        default TransformChain transforms() {
            return new TransformChain(List.of());
        }
    }

    /// Told of what happened, on the coordinator's turn.
    public interface Listener {
        /// Asked before a run claims anything, unless it replaces everything: whether the destination shows less than this
        /// pipeline once committed to it, and what to tell people then. It may be a read that was stale, so it is asked again.
        default Optional<WisentException> older() {
            return Optional.empty();
        }

        /// A commit of any kind is in.
        void committed(Commit commit);

        void warning(String text);
    }
}
