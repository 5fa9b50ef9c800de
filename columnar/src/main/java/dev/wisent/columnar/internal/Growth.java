package dev.wisent.columnar.internal;

/// How far arrays of bytes grow: to twice what they were while they are small, so that growing costs little; by a quarter
/// when they are large, for what is not needed of a giant's array is memory that another giant has not (R10).
public final class Growth {
    private static final int LARGE = 4 << 20;
    /// The longest array every JVM gives.
    private static final int LONGEST = Integer.MAX_VALUE - 16;

    private Growth() {}

    /// The length of an array that takes `needed` bytes, made from one of `length`.
    public static int from(int length, int needed) {
        long more = length < LARGE ? length * 2L : length + length / 4L;
        return (int) Math.max(needed, Math.min(more, LONGEST));
    }
}
