package dev.wisent.engine.internal.run;

/// Counts of latencies in buckets a tenth of a power of two wide (7 % steps), from 1 ms to 12 days.
public final class LatencyHistogram {
    private static final int STEPS = 10;
    private static final int BUCKETS = STEPS * 30;
    private final long[] counts = new long[BUCKETS];
    private long total;

    void add(long millis, long rows) {
        double log = Math.log(Math.max(1, millis)) / Math.log(2);
        counts[Math.min(BUCKETS - 1, (int) (log * STEPS))] += rows;
        total += rows;
    }

    /// The latency in ms that `fraction` of the rows stay below; 0 when there are none.
    public double quantile(double fraction) {
        long wanted = (long) Math.ceil(total * fraction);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.pow(2, (i + 0.5) / STEPS);
            }
        }
        return 0;
    }
}
