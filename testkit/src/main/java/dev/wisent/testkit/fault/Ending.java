package dev.wisent.testkit.fault;

/// How a connection ends.
public enum Ending {
    /// In order (FIN): the other side reads its end.
    CLOSE,
    /// At once (RST): the other side's next read or write fails.
    RESET
}
