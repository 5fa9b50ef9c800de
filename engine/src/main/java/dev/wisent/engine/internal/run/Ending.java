package dev.wisent.engine.internal.run;

import dev.wisent.api.error.WisentException;

/// Why an attempt ends.
sealed interface Ending {
    /// Everything is committed and, where that is due, published.
    record Success() implements Ending {}

    /// A stop: the next run resumes.
    record Interrupted() implements Ending {}

    /// `max_iterations`: what was read is committed, nothing is published.
    record Capped() implements Ending {}

    record Failure(WisentException error) implements Ending {}

    /// Claim again and plan anew; `open`: what becomes of the generation in the making.
    record Again(Open open, String why) implements Ending {}

    enum Open {
        KEEP,
        DROP
    }
}
