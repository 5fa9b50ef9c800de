package dev.wisent.api.destination;

/// What a factory makes: a full destination, or a simple one the engine adapts.
public sealed interface DestinationHandle {
    /// Holds its own progress: exactly once.
    record Transactional(Destination destination) implements DestinationHandle {}

    /// Only writes: at least once, progress in the state store, and `plan` says so.
    record Batches(BatchDestination destination) implements DestinationHandle {}
}
