package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The column index and the offset index of a chunk (Parquet format, PageIndex.md), gathered page by page.
final class PageIndex {
    private static final int UNORDERED = 0;
    private static final int ASCENDING = 1;
    private static final int DESCENDING = 2;
    private static final int FIRST_PAGES = 16;
    private static final byte[] NONE = {};

    private long[] offsets = new long[FIRST_PAGES];
    private long[] firstRows = new long[FIRST_PAGES];
    private int[] lengths = new int[FIRST_PAGES];
    private long[] nulls = new long[FIRST_PAGES];
    private boolean[] empty = new boolean[FIRST_PAGES];
    private byte[][] mins = new byte[FIRST_PAGES][];
    private byte[][] maxes = new byte[FIRST_PAGES][];
    private int count;
    private boolean bounded;
    private boolean ascending;
    private boolean descending;
    private boolean any;
    /// Bounds of the last page that has any.
    private final Stats last;

    PageIndex(Stats last) {
        this.last = last;
        clear();
    }

    void clear() {
        count = 0;
        bounded = true;
        ascending = true;
        descending = true;
        any = false;
        last.clear();
    }

    int count() {
        return count;
    }

    void add(long offset, int length, long firstRow, int values, long nullCount, Stats stats) {
        if (count == offsets.length) {
            grow();
        }
        offsets[count] = offset;
        lengths[count] = length;
        firstRows[count] = firstRow;
        nulls[count] = nullCount;
        empty[count] = values == 0;
        boolean has = values > 0 && stats.isBounded();
        mins[count] = has ? stats.min() : NONE;
        maxes[count] = has ? stats.max() : NONE;
        count++;
        if (has) {
            if (any) {
                int min = stats.compareMin(last);
                int max = stats.compareMax(last);
                ascending &= min >= 0 && max >= 0;
                descending &= min <= 0 && max <= 0;
            }
            any = true;
            last.clear();
            last.merge(stats);
        }
        // A page with values but without bounds has no place in a column index: all of them are not a number, or
        // nothing lies above them.
        bounded &= has || values == 0;
    }

    private void grow() {
        int capacity = count * 2;
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        firstRows = Arrays.copyOf(firstRows, capacity);
        nulls = Arrays.copyOf(nulls, capacity);
        empty = Arrays.copyOf(empty, capacity);
        mins = Arrays.copyOf(mins, capacity);
        maxes = Arrays.copyOf(maxes, capacity);
    }

    /// The column index, if there can be one.
    Optional<byte[]> columnIndex() {
        if (!bounded) {
            return Optional.empty();
        }
        OutputBuffer out = new OutputBuffer(128);
        CompactWriter writer = new CompactWriter(out).begin().list(1, CompactWriter.TRUE, count);
        for (int i = 0; i < count; i++) {
            writer.element(empty[i]);
        }
        writer.list(2, CompactWriter.BINARY, count);
        for (int i = 0; i < count; i++) {
            writer.element(mins[i]);
        }
        writer.list(3, CompactWriter.BINARY, count);
        for (int i = 0; i < count; i++) {
            writer.element(maxes[i]);
        }
        writer.i32(4, ascending ? ASCENDING : descending ? DESCENDING : UNORDERED);
        writer.list(5, CompactWriter.I64, count);
        for (int i = 0; i < count; i++) {
            writer.element(nulls[i]);
        }
        writer.end();
        return Optional.of(out.copy());
    }

    /// The offset index, for a first page at `start` in the file.
    byte[] offsetIndex(long start) {
        OutputBuffer out = new OutputBuffer(128);
        CompactWriter writer = new CompactWriter(out).begin().list(1, CompactWriter.STRUCT, count);
        for (int i = 0; i < count; i++) {
            writer.begin()
                    .i64(1, start + offsets[i])
                    .i32(2, lengths[i])
                    .i64(3, firstRows[i])
                    .end();
        }
        writer.end();
        return out.copy();
    }
}
