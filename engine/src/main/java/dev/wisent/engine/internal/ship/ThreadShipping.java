package dev.wisent.engine.internal.ship;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.engine.internal.task.Share;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ships on so many threads as `max_concurrent_threads` allows. They end when there was nothing to ship for a while.
public final class ThreadShipping implements Shipping {
    private static final long IDLE_MILLIS = 200;

    private final ShipShare share;
    private final Executor threads;
    private final int cores;
    /// Shipments that were begun and not ended, by what they are of: several of one part are one.
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final Optional<Executor> core =
            Optional.of(work -> Thread.ofVirtual().name("share").start(work));

    /// @param maxConcurrent actions that run at once
    /// @param cores threads that may compute at once: the run's workers
    public ThreadShipping(Share share, int maxConcurrent, int cores) {
        this.cores = cores;
        this.share = new ShipShare(share);
        this.threads = threads(maxConcurrent);
    }

    /// Platform threads, for the reason told in [dev.wisent.engine.internal.host.MachineHost].
    private static Executor threads(int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon(true).name("ship-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public Shipment start(String what) {
        open.merge(what, 1, Integer::sum);
        return new ThreadShipment(what, share, threads, () -> end(what));
    }

    private void end(String what) {
        open.computeIfPresent(what, (name, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public Optional<Executor> idleCore() {
        return open.size() < cores ? core : Optional.empty();
    }
}
