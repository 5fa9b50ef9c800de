package dev.wisent.engine;

/// How the byte budget is divided (R10).
///
/// @param fetch for each worker: what is read ahead for it
/// @param ship what is on its way out, of all workers
record Shares(long fetch, long ship) {
    /// Half of the budget holds what was fetched, the rest what is being shipped.
    private static final double FETCH_PART = 0.5;
    /// More read ahead than this no worker can use: it decodes as much in a tenth of a second.
    private static final long MAX_FETCH = 8L << 20;
    /// More on its way out only hides a disk or network that is slower than the workers.
    private static final long MAX_SHIP = 16L << 20;
    /// Less than one full buffer each would stop a writer.
    private static final long MIN = 4L << 20;

    /// @param outside what the libraries of all workers may take outside the heap: it is taken off `budget`. When little or
    ///     nothing is left, the shares are the least that keeps rows moving
    static Shares of(long budget, long outside, int workers) {
        long left = Math.max(0, budget - outside);
        return new Shares(share(left * FETCH_PART / workers, MAX_FETCH), share(left * (1 - FETCH_PART), MAX_SHIP));
    }

    private static long share(double part, long most) {
        return Math.max(MIN, Math.min((long) part, most));
    }
}
