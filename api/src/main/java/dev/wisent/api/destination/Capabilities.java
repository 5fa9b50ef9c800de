package dev.wisent.api.destination;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import java.util.Set;

/// What a destination can do; the engine refuses at `check` what it can't.
///
/// @param lanes how many lanes a stream may have: 1, or more with session fragments
/// @param widenings how far a written column may change its type
public record Capabilities(
        Guarantee guarantee,
        Fragment.Kind fragments,
        int lanes,
        Processes processes,
        Set<Commit.Mode> modes,
        Widenings widenings) {
    public enum Guarantee {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /// How many processes may write at once.
    public enum Processes {
        ONE,
        MANY
    }

    public enum Widenings {
        /// Text formats: any type can follow any other.
        ANY,
        /// Only what readers of older parts understand.
        COMPATIBLE,
        NONE
    }
}
