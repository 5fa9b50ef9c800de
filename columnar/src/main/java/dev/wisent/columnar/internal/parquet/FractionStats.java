package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.parquet.Bounds;
import java.util.Optional;

/// Of FLOAT and DOUBLE. What is not a number is outside the bounds, and a bound that is zero has the sign that covers
/// both zeros (Parquet format, `ColumnOrder`).
final class FractionStats extends Stats {
    private final int width;
    private double min;
    private double max;
    private long nans;
    private long seen;

    /// @param width bytes a bound has: 4 or 8
    FractionStats(int width) {
        this.width = width;
        clear();
    }

    void add(double[] values, int from, int count) {
        double least = min;
        double most = max;
        int strange = 0;
        for (int i = from; i < from + count; i++) {
            double value = values[i];
            least = value < least ? value : least;
            most = value > most ? value : most;
            strange += Double.isNaN(value) ? 1 : 0;
        }
        min = least;
        max = most;
        nans += strange;
        seen += count - strange;
    }

    @Override
    void clear() {
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        nans = 0;
        seen = 0;
    }

    @Override
    void merge(Stats other) {
        FractionStats that = (FractionStats) other;
        min = Math.min(min, that.min);
        max = Math.max(max, that.max);
        nans += that.nans;
        seen += that.seen;
    }

    @Override
    boolean isBounded() {
        return seen > 0;
    }

    private double least() {
        return min == 0 ? -0.0 : min;
    }

    private double most() {
        return max == 0 ? 0.0 : max;
    }

    @Override
    byte[] min() {
        return plain(least());
    }

    @Override
    byte[] max() {
        return plain(most());
    }

    private byte[] plain(double value) {
        byte[] bytes = new byte[width];
        if (width == Float.BYTES) {
            LittleEndian.putInt(bytes, 0, Float.floatToRawIntBits((float) value));
        } else {
            LittleEndian.putLong(bytes, 0, Double.doubleToRawLongBits(value));
        }
        return bytes;
    }

    @Override
    Optional<Bounds> bounds() {
        return isBounded() ? Optional.of(new Bounds.Fraction(least(), most())) : Optional.empty();
    }

    @Override
    long nans() {
        return nans;
    }

    @Override
    int compareMin(Stats other) {
        return Double.compare(least(), ((FractionStats) other).least());
    }

    @Override
    int compareMax(Stats other) {
        return Double.compare(most(), ((FractionStats) other).most());
    }
}
