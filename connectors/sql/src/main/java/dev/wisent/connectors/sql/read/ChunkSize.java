package dev.wisent.connectors.sql.read;

import java.time.Duration;

/// How many rows the next statement asks for, so that it brings about 2 MB and takes a moment. One thread.
public final class ChunkSize {
    /// A statement's rows are kept until they are handed out; many statements make little of what each costs.
    private static final long WANTED_BYTES = 2L << 20;

    /// Where a statement whose rows turn out much longer than those before is given up.
    public static final long MOST_BYTES = 4 * WANTED_BYTES;

    /// Far below the longest a transaction may be open, 15 s.
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private static final long FIRST_ROWS = 1_000;
    private static final long MOST_ROWS = 1_000_000;
    private static final int GROWTH = 8;

    private long rows;

    /// @param rowBytes how long a row may be; 0: not known
    public ChunkSize(long rowBytes) {
        rows = rowBytes == 0 ? FIRST_ROWS : bounded(WANTED_BYTES / 2 / rowBytes);
    }

    /// What the next statement asks for.
    public long rows() {
        return rows;
    }

    /// What a statement of that size brought, and how long it took.
    public void read(long count, long bytes, long nanos) {
        if (count == 0) {
            return;
        }
        long wanted = WANTED_BYTES / Math.max(1, bytes / count);
        if (nanos > LONGEST.toNanos()) {
            wanted = Math.min(wanted, (long) (count * ((double) LONGEST.toNanos() / nanos)));
        }
        rows = bounded(Math.min(wanted, rows * GROWTH));
    }

    private static long bounded(long wanted) {
        return Math.clamp(wanted, 1, MOST_ROWS);
    }
}
