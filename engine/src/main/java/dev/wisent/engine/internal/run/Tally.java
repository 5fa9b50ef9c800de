package dev.wisent.engine.internal.run;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// What a run has done so far, for people who watch it: read at any time from any thread, and ahead of what is
/// committed.
public final class Tally {
    final AtomicLong rows = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong rejects = new AtomicLong();
    final AtomicLong commits = new AtomicLong();
    final AtomicLong commitIds = new AtomicLong();
    final Iterations iterations;
    private final AtomicLong expectedBytes = new AtomicLong();
    private volatile boolean sizesUnknown;
    private volatile boolean planned;
    private volatile double latencyP50;
    private volatile double latencyP99;

    Tally(long maxIterations) {
        this.iterations = new Iterations(maxIterations);
    }

    /// A plan begins: what was read for an earlier one is read already.
    void expectsAnew() {
        planned = false;
        sizesUnknown = false;
        expectedBytes.set(bytes.get());
    }

    /// A split of so many bytes was planned.
    void expects(OptionalLong bytes) {
        expectedBytes.addAndGet(bytes.orElse(0));
        sizesUnknown |= bytes.isEmpty();
    }

    /// The plan is complete.
    void expectsNoMore() {
        planned = true;
    }

    void latency(double p50, double p99) {
        latencyP50 = p50;
        latencyP99 = p99;
    }

    /// How many bytes there are to read in this run; empty as long as nobody knows.
    public OptionalLong expectedBytes() {
        return planned && !sizesUnknown ? OptionalLong.of(expectedBytes.get()) : OptionalLong.empty();
    }

    /// ms from source time to commit, of what is committed; 0: nothing is.
    public double latencyP50() {
        return latencyP50;
    }

    public double latencyP99() {
        return latencyP99;
    }

    public long rows() {
        return rows.get();
    }

    public long bytes() {
        return bytes.get();
    }

    public long rejects() {
        return rejects.get();
    }

    public long commits() {
        return commits.get();
    }
}
