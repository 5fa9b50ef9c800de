package dev.wisent.engine.internal.ship;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.engine.internal.task.Share;
import java.util.concurrent.Semaphore;

/// Ships on virtual threads, so many actions at once as `max_concurrent_threads` allows.
public final class ThreadShipping implements Shipping {
    private final ShipShare share;
    private final Semaphore running;

    public ThreadShipping(Share share, int maxConcurrent) {
        this.share = new ShipShare(share);
        this.running = new Semaphore(maxConcurrent);
    }

    @Override
    public Shipment start(String what) {
        return new ThreadShipment(what, share, running);
    }
}
