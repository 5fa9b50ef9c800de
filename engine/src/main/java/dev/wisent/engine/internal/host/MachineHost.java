package dev.wisent.engine.internal.host;

import dev.wisent.engine.internal.task.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/// The machine's clock and chance.
abstract class MachineHost implements Host {
    /// Long enough that an idle reader costs nothing, short enough that a reader without wake-up still stops soon.
    private static final Duration POLL_WAIT = Duration.ofMillis(100);

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long random(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }

    @Override
    public Duration pollWait() {
        return POLL_WAIT;
    }
}
