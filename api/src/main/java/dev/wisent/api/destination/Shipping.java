package dev.wisent.api.destination;

/// The engine's threads and budget for a writer's I/O. Several shipments run at once; the actions of one run in
/// order.
public interface Shipping {
    /// Begins a shipment; `what` names it in messages and thread dumps.
    Shipment start(String what);

    /// One that runs every action at once, on the caller's thread: for writing outside of a run, and for tests.
    static Shipping inline() {
        return new InlineShipping();
    }
}
