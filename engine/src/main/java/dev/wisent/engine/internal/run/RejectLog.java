package dev.wisent.engine.internal.run;

import dev.wisent.api.Reject;
import dev.wisent.api.RejectFile;
import java.util.Optional;

/// Where one worker puts the rejects of one lane. One thread.
public interface RejectLog {
    void add(Reject reject);

    /// Makes what was added since the last call durable, before the commit that names it.
    Optional<RejectFile> seal();

    /// Throws away what was added since the last seal.
    void discard();
}
