package dev.wisent.engine.internal.sim;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;

/// Simulated writers need no I/O of their own.
final class SimShipping implements Shipping {
    @Override
    public Shipment start(String what) {
        throw new IllegalStateException("a simulated writer ships nothing: " + what);
    }
}
