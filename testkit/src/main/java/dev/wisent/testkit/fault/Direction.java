package dev.wisent.testkit.fault;

/// Which way bytes go through a [FaultProxy].
public enum Direction {
    /// From the client: requests.
    TO_SERVICE,
    /// From the service: answers.
    TO_CLIENT
}
