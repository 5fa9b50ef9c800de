package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.parquet.Bounds;
import java.util.Optional;

/// Of BOOLEAN, INT32 and INT64.
final class WholeStats extends Stats {
    private final int width;
    private long min;
    private long max;

    /// @param width bytes a bound has: 1, 4 or 8
    WholeStats(int width) {
        this.width = width;
        clear();
    }

    void add(long[] values, int from, int count) {
        long least = min;
        long most = max;
        for (int i = from; i < from + count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        min = least;
        max = most;
    }

    boolean fitsInt() {
        return !isBounded() || (min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE);
    }

    @Override
    void clear() {
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
    }

    @Override
    void merge(Stats other) {
        WholeStats that = (WholeStats) other;
        min = Math.min(min, that.min);
        max = Math.max(max, that.max);
    }

    @Override
    boolean isBounded() {
        return min <= max;
    }

    @Override
    byte[] min() {
        return plain(min);
    }

    @Override
    byte[] max() {
        return plain(max);
    }

    private byte[] plain(long value) {
        byte[] bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[i] = (byte) (value >>> i * Byte.SIZE);
        }
        return bytes;
    }

    @Override
    Optional<Bounds> bounds() {
        return isBounded() ? Optional.of(new Bounds.Whole(min, max)) : Optional.empty();
    }

    @Override
    int compareMin(Stats other) {
        return Long.compare(min, ((WholeStats) other).min);
    }

    @Override
    int compareMax(Stats other) {
        return Long.compare(max, ((WholeStats) other).max);
    }
}
