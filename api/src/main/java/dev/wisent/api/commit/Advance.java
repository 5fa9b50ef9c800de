package dev.wisent.api.commit;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;

/// One split moves from where it stands to where it will stand: the range `(from, to]`.
public record Advance(SplitId split, Position from, Position to, boolean finished) {
    public Advance {
        if (to.ordinal() < from.ordinal()) {
            throw new IllegalArgumentException(
                    "split " + split + " would go back from " + from + " to " + to + " (R3)");
        }
    }
}
