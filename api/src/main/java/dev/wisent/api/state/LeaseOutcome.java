package dev.wisent.api.state;

import java.time.Instant;

/// The answer to a request for a lease.
public sealed interface LeaseOutcome {
    record Granted() implements LeaseOutcome {}

    /// Somebody else holds it until `expires`, unless they renew it.
    record Held(Holder by, Instant expires) implements LeaseOutcome {}
}
