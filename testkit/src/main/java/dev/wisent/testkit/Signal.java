package dev.wisent.testkit;

/// What a process can be sent.
public enum Signal {
    /// Ctrl-C.
    INT,
    TERM,
    KILL,
    /// Every thread stands still, heartbeats too, until [#CONT].
    STOP,
    CONT,
    /// The JVM prints its threads and goes on.
    QUIT
}
