package dev.wisent.api.commit;

import java.util.Optional;

/// How far a lane is: its last number, who claimed it last and under which number, and its extraction epoch (the
/// number of its last
/// [Role#READ] claim).
public record LaneView(long last, Optional<Claimant> claimant, long claimedAt, long epoch) {
    public static final LaneView UNTOUCHED = new LaneView(0, Optional.empty(), 0, 0);
}
