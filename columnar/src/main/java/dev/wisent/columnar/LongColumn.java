package dev.wisent.columnar;

import java.util.Arrays;

/// Bool, integers, date, time, timestamps and decimals of up to 18 digits, each as a `long` ([DataType] says how).
public final class LongColumn extends Column {
    private long[] values = new long[FIRST_CAPACITY];

    LongColumn(DataType type) {
        super(type);
    }

    public void append(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /// The value of `row`; 0 when it is null.
    public long get(int row) {
        return values[row];
    }

    /// The values themselves, valid up to [#size] and until the next append: for loops, never to keep.
    public long[] array() {
        return values;
    }

    /// Makes room for `count` more values and returns [#array]: the caller writes from [#size] on, then calls [#commit].
    long[] ensure(int count) {
        if (values.length - size < count) {
            values = Arrays.copyOf(values, Math.addExact(size, count));
        }
        return values;
    }

    /// Ends what was written in place: `count` values that are there.
    void commit(int count) {
        size += count;
    }

    @Override
    public long bytes() {
        return (long) size * Long.BYTES;
    }

    @Override
    public void appendFrom(Column from, int row) {
        if (!appendedMissing(from, row)) {
            append(((LongColumn) from).get(row));
        }
    }

    @Override
    void appendValues(Column from, int first, int count) {
        int end = Math.addExact(size, count);
        if (end > values.length) {
            values = Arrays.copyOf(values, Math.max(end, size * 2));
        }
        System.arraycopy(((LongColumn) from).values, first, values, size, count);
        size = end;
    }

    @Override
    void appendFiller() {
        append(0);
    }

    @Override
    void truncateValues(int rows) {}
}
