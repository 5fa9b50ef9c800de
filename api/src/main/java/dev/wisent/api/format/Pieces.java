package dev.wisent.api.format;

import dev.wisent.api.source.Payload;
import java.util.Optional;

/// The parts of a file that are decoded one by one.
public interface Pieces {
    /// Fetches the next one; empty: there is no more. After a failure that is transient the same call may be made again.
    Optional<Payload> next();
}
