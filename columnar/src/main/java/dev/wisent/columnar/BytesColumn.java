package dev.wisent.columnar;

import dev.wisent.columnar.internal.Growth;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// String, json, binary, uuid and long decimals: all bytes in one array, one offset per row.
public final class BytesColumn extends Column {
    private static final int FIRST_DATA = 1024;

    private byte[] data = new byte[FIRST_DATA];
    private int[] offsets = new int[FIRST_CAPACITY + 1];

    BytesColumn(DataType type) {
        super(type);
    }

    public void append(byte[] source, int from, int length) {
        int start = offsets[size];
        ensure(length);
        System.arraycopy(source, from, data, start, length);
        commit(start + length);
    }

    public void append(byte[] value) {
        append(value, 0, value.length);
    }

    public void append(String value) {
        append(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Makes room for `length` more bytes and returns [#data]: the caller writes from [#end] on, then calls [#commit]
    /// with the new end.
    /// For values that are produced in place (unescaping, formatting).
    public byte[] ensure(int length) {
        int needed = Math.addExact(offsets[size], length);
        if (needed > data.length) {
            data = Arrays.copyOf(data, Growth.from(data.length, needed));
        }
        return data;
    }

    /// Ends the value that was written in place: it lies between the old [#end] and `newEnd`.
    public void commit(int newEnd) {
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[++size] = newEnd;
    }

    /// Appends a value for each of `lengths`, which lie in `source` one behind the other, from `from` on.
    void append(byte[] source, int from, int[] lengths) {
        if (offsets.length - size <= lengths.length) {
            offsets = Arrays.copyOf(offsets, Math.addExact(size + 1, lengths.length));
        }
        int end = offsets[size];
        int first = end;
        for (int i = 0; i < lengths.length; i++) {
            end += lengths[i];
            offsets[size + 1 + i] = end;
        }
        ensure(end - first);
        System.arraycopy(source, from, data, first, end - first);
        size += lengths.length;
    }

    /// Where each row's bytes begin, and where those of the last one end: for loops, never to keep.
    int[] offsets() {
        return offsets;
    }

    /// Where the next value's bytes begin.
    public int end() {
        return offsets[size];
    }

    public int start(int row) {
        return offsets[row];
    }

    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /// All values' bytes; valid until the next append, never to keep.
    public byte[] data() {
        return data;
    }

    /// A copy of the bytes of `row`; empty when it is null.
    public byte[] copy(int row) {
        return Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
    }

    /// The bytes of `row` read as UTF-8.
    public String string(int row) {
        return new String(data, offsets[row], length(row), StandardCharsets.UTF_8);
    }

    @Override
    public long bytes() {
        return offsets[size] + (long) size * Integer.BYTES;
    }

    @Override
    public void appendFrom(Column from, int row) {
        if (!appendedMissing(from, row)) {
            BytesColumn other = (BytesColumn) from;
            append(other.data, other.start(row), other.length(row));
        }
    }

    @Override
    void appendValues(Column from, int first, int count) {
        BytesColumn other = (BytesColumn) from;
        int start = offsets[size];
        int begin = other.offsets[first];
        int length = other.offsets[first + count] - begin;
        ensure(length);
        System.arraycopy(other.data, begin, data, start, length);
        offsets = Offsets.appended(offsets, size, other.offsets, first, count);
        size += count;
    }

    @Override
    void appendFiller() {
        commit(offsets[size]);
    }

    @Override
    void truncateValues(int rows) {
        // A giant record's array is not kept for the batches after it (R10).
        if (rows == 0 && data.length > RecordBatch.MAX_BYTES * 2) {
            data = new byte[FIRST_DATA];
        }
    }
}
