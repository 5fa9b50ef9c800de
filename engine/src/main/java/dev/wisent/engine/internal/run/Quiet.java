package dev.wisent.engine.internal.run;

import dev.wisent.engine.internal.task.Host;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Since when nothing comes. Whoever does not know yet whether there is something, a fetcher before its first answer, keeps it
/// from being quiet: a slow source or a busy machine is no end of what comes. Any thread.
final class Quiet {
    private final Host host;
    private final AtomicInteger unsure = new AtomicInteger();
    private final AtomicLong since;

    Quiet(Host host) {
        this.host = host;
        this.since = new AtomicLong(host.nanos());
    }

    /// Something came, or is about to.
    void broken() {
        since.set(host.nanos());
    }

    /// One more does not know; see [#sure].
    void unsure() {
        unsure.incrementAndGet();
    }

    /// One fewer.
    void sure() {
        unsure.decrementAndGet();
    }

    /// On the host's clock: now, while somebody is not sure.
    long since() {
        return unsure.get() > 0 ? host.nanos() : since.get();
    }
}
