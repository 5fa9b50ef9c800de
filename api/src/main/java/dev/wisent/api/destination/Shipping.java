package dev.wisent.api.destination;

import java.util.Optional;
import java.util.concurrent.Executor;

/// The engine's threads and budget for a writer's I/O. Several shipments run at once; the actions of one run in
/// order.
public interface Shipping {
    /// Begins a shipment; `what` names it in messages and thread dumps.
    Shipment start(String what);

    /// A thread that a writer may give a part of its work to, for the time until its next call: only when the run has more
    /// cores than parts being written, so it is asked for again and again. Such work does no I/O and waits for nothing.
    default Optional<Executor> idleCore() {
        return Optional.empty();
    }

    /// One that runs every action at once, on the caller's thread: for writing outside of a run, and for tests.
    static Shipping inline() {
        return new InlineShipping();
    }
}
