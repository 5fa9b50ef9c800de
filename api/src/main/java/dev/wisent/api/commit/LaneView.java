package dev.wisent.api.commit;

import java.util.Optional;

/// How far a lane is: its last number, who claimed it last and under which number, and its extraction epoch (the
/// number of its last
/// [Role#READ] claim).
///
/// @param origin what tells this extraction from one that has the same number elsewhere; empty before the first one, and where
///     the ids of the commits are not kept
public record LaneView(long last, Optional<Claimant> claimant, long claimedAt, long epoch, Optional<Origin> origin) {
    public static final LaneView UNTOUCHED = new LaneView(0, Optional.empty(), 0, 0);

    /// One whose commits' ids are not known.
    public LaneView(long last, Optional<Claimant> claimant, long claimedAt, long epoch) {
        this(last, claimant, claimedAt, epoch, Optional.empty());
    }
}
