package dev.wisent.api.commit;

import dev.wisent.api.TargetId;

/// Something written that is not visible yet.
///
/// @param description the destination's own JSON; a durable fragment can be committed from it by any process
public record Fragment(TargetId target, Kind kind, String description, long rows, long bytes) {
    public enum Kind {
        /// Outlives its writer: a file, a staged table.
        DURABLE,
        /// Lives in its writer's connection: an open transaction.
        SESSION
    }
}
