package dev.wisent.columnar;

import java.util.Arrays;

/// Where the rows of a column begin in what they share: one more than there are rows.
final class Offsets {
    private Offsets() {}

    /// `to`, which has `size` rows, with `count` rows of `from` behind them, from row `first` on; a larger array if need be.
    static int[] appended(int[] to, int size, int[] from, int first, int count) {
        int end = Math.addExact(size, count);
        int[] offsets = end < to.length ? to : Arrays.copyOf(to, Math.max(end + 1, to.length * 2));
        int ahead = offsets[size] - from[first];
        for (int row = 1; row <= count; row++) {
            offsets[size + row] = from[first + row] + ahead;
        }
        return offsets;
    }
}
