package dev.wisent.cli;

/// How far the heap may fill up before all of it is collected: a quarter more than what was alive the last time, and at least
/// [#LEAST_GROWTH] more. So a collection costs little beside what was allocated meanwhile, however much is alive. One thread.
final class HeapBound {
    /// What is alive in a run of usual files is less, so a short one is never collected as a whole.
    static final long FIRST = 128L << 20;

    static final long LEAST_GROWTH = 32L << 20;

    private long bound = FIRST;

    /// @param used bytes, after a collection of the young generation
    boolean isPassed(long used) {
        return used > bound;
    }

    /// @param used bytes, after a collection of the whole heap
    void collected(long used) {
        bound = Math.max(FIRST, used + Math.max(used / 4, LEAST_GROWTH));
    }
}
