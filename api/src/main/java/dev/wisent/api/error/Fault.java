package dev.wisent.api.error;

/// Whose turn it is after a failure. Decides the exit code of the command line.
public enum Fault {
    /// The run failed.
    RUN(1),
    /// Usage or configuration.
    CONFIGURATION(2),
    /// A service or path can't be reached.
    CONNECTION(3),
    /// More rejects than `max_failures` allows.
    TOO_MANY_REJECTS(4),
    /// Somebody else holds it, or it is newer than this program.
    REFUSED(5),
    /// Stopped by a signal; the next run resumes.
    INTERRUPTED(130);

    private final int exitCode;

    Fault(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
