package dev.wisent.columnar;

import java.util.Arrays;

/// `float32` and `float64`, each as a `double`.
public final class DoubleColumn extends Column {
    private double[] values = new double[FIRST_CAPACITY];

    DoubleColumn(DataType type) {
        super(type);
    }

    public void append(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /// The value of `row`; 0 when it is null.
    public double get(int row) {
        return values[row];
    }

    /// The values themselves, valid up to [#size] and until the next append: for loops, never to keep.
    public double[] array() {
        return values;
    }

    @Override
    public long bytes() {
        return (long) size * Double.BYTES;
    }

    @Override
    public void appendFrom(Column from, int row) {
        if (!appendedMissing(from, row)) {
            append(((DoubleColumn) from).get(row));
        }
    }

    @Override
    void appendValues(Column from, int first, int count) {
        int end = Math.addExact(size, count);
        if (end > values.length) {
            values = Arrays.copyOf(values, Math.max(end, size * 2));
        }
        System.arraycopy(((DoubleColumn) from).values, first, values, size, count);
        size = end;
    }

    @Override
    void appendFiller() {
        append(0);
    }

    @Override
    void truncateValues(int rows) {}
}
