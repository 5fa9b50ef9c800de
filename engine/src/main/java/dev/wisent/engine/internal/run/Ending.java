package dev.wisent.engine.internal.run;

import dev.wisent.api.error.WisentException;
import java.util.Optional;

/// Why an attempt ends.
sealed interface Ending {
    /// Everything is committed and, where that is due, published.
    record Success() implements Ending {}

    /// A stop: the next run resumes.
    record Interrupted() implements Ending {}

    /// `max_iterations`: what was read is committed, nothing is published.
    record Capped() implements Ending {}

    record Failure(WisentException error) implements Ending {}

    /// Claim again and plan anew.
    ///
    /// @param open what becomes of the generation in the making
    /// @param atLast what is said when that was of no use, if it is more than that
    record Again(Open open, String why, Optional<WisentException> atLast) implements Ending {
        Again(Open open, String why) {
            this(open, why, Optional.empty());
        }
    }

    enum Open {
        KEEP,
        DROP
    }
}
