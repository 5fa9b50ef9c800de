package dev.wisent.testkit.fault;

import java.time.Duration;

/// What happens to the bytes of one [Direction].
public sealed interface Fault {
    /// Nothing: bytes pass.
    record None() implements Fault {}

    /// Half open: the proxy takes the bytes, and the end of the connection too, and nobody hears of them again. A
    /// connection that lost bytes stays deaf in this direction for good; one that had none to lose works again after
    /// [FaultProxy#heal].
    record Swallow() implements Fault {}

    /// The network stands still: bytes wait, and pass when the fault is over.
    record Hold() implements Fault {}

    /// So many bytes pass in a second, on each connection.
    record Slow(int bytesPerSecond) implements Fault {
        public Slow {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException(bytesPerSecond + " bytes a second; Hold() lets none pass");
            }
        }
    }

    /// Bytes pass, each `by` after it came.
    record Delay(Duration by) implements Fault {}

    /// Of each connection `bytes` more pass, counted from when this was set, or from its
    /// beginning; then it ends, in both directions.
    record EndAfter(long bytes, Ending ending) implements Fault {
        public EndAfter {
            if (bytes < 0) {
                throw new IllegalArgumentException(bytes + " bytes");
            }
        }
    }
}
