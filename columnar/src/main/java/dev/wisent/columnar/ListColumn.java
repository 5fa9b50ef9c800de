package dev.wisent.columnar;

import java.util.Arrays;

/// Lists: the elements of all rows in one child column, one offset per row. A row is appended by appending its elements
/// to [#elements], then [#endRow].
public final class ListColumn extends Column {
    private final Column elements;
    private int[] offsets = new int[FIRST_CAPACITY + 1];

    ListColumn(DataType.ListOf type) {
        super(type);
        this.elements = Column.of(type.element());
    }

    public Column elements() {
        return elements;
    }

    /// The index of the first element of `row` in [#elements].
    public int start(int row) {
        return offsets[row];
    }

    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /// Where each row's elements begin, and where those of the last one end: for loops, never to keep.
    int[] offsets() {
        return offsets;
    }

    public void endRow() {
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[++size] = elements.size();
    }

    /// Takes back the elements of the row that is not ended yet.
    public void cancelRow() {
        elements.truncate(offsets[size]);
    }

    @Override
    public long bytes() {
        return elements.bytes() + (long) size * Integer.BYTES;
    }

    @Override
    public void appendFrom(Column from, int row) {
        if (!appendedMissing(from, row)) {
            ListColumn other = (ListColumn) from;
            for (int i = 0; i < other.length(row); i++) {
                elements.appendFrom(other.elements, other.start(row) + i);
            }
            endRow();
        }
    }

    @Override
    void appendValues(Column from, int first, int count) {
        ListColumn other = (ListColumn) from;
        int begin = other.offsets[first];
        elements.appendRange(other.elements, begin, other.offsets[first + count] - begin);
        offsets = Offsets.appended(offsets, size, other.offsets, first, count);
        size += count;
    }

    @Override
    void appendFiller() {
        endRow();
    }

    @Override
    void truncateValues(int rows) {
        elements.truncate(offsets[rows]);
    }
}
