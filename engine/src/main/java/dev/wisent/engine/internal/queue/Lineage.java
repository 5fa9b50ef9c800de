package dev.wisent.engine.internal.queue;

import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.Origin;
import java.util.Optional;

/// What a message is to the extraction a destination shows. Numbers are compared within one history only: they begin anew where
/// a destination does.
enum Lineage {
    CURRENT,
    /// Of an earlier extraction of this history.
    OLDER,
    /// Of one this read does not show yet, or one that was undone when the destination was brought back to an earlier state.
    NEWER,
    /// Of another destination, or of this one before it was emptied; or nobody knows, as an earlier version wrote it.
    FOREIGN,
    /// The destination shows no extraction yet.
    UNKNOWN;

    static Lineage of(Entry.Strand strand, LaneView lane) {
        return lane.origin().map(origin -> of(strand, lane.epoch(), origin)).orElse(UNKNOWN);
    }

    static Lineage of(Entry.Strand strand, long epoch, Origin origin) {
        if (!strand.origin().history().equals(origin.history())) {
            return FOREIGN;
        }
        if (strand.epoch() != epoch) {
            return byNumber(strand, epoch);
        }
        return strand.origin().equals(origin) ? CURRENT : FOREIGN;
    }

    /// As if every history were this one.
    static Lineage byNumber(Entry.Strand strand, long epoch) {
        if (strand.epoch() == epoch) {
            return CURRENT;
        }
        return strand.epoch() < epoch ? OLDER : NEWER;
    }

    /// Whether what `lane` shows as loaded of a strand so named was loaded of `strand` itself.
    static boolean isShown(Entry.Strand strand, LaneView lane) {
        Optional<Origin> origin = lane.origin();
        return origin.isPresent()
                && origin.get().history().equals(strand.origin().history())
                && (lane.epoch() != strand.epoch() || origin.get().equals(strand.origin()));
    }
}
