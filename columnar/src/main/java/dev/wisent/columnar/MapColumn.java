package dev.wisent.columnar;

import java.util.Arrays;

/// Maps: keys and values of all rows in two child columns, one offset per row. A row is appended by appending its
/// entries to both, then [#endRow].
public final class MapColumn extends Column {
    private final Column keys;
    private final Column values;
    private int[] offsets = new int[FIRST_CAPACITY + 1];

    MapColumn(DataType.MapOf type) {
        super(type);
        this.keys = Column.of(type.key());
        this.values = Column.of(type.value());
    }

    public Column keys() {
        return keys;
    }

    public Column values() {
        return values;
    }

    /// The index of the first entry of `row` in [#keys] and [#values].
    public int start(int row) {
        return offsets[row];
    }

    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /// Where each row's entries begin, and where those of the last one end: for loops, never to keep.
    int[] offsets() {
        return offsets;
    }

    public void endRow() {
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[++size] = keys.size();
    }

    /// Takes back the entries of the row that is not ended yet.
    public void cancelRow() {
        keys.truncate(offsets[size]);
        values.truncate(offsets[size]);
    }

    @Override
    public long bytes() {
        return keys.bytes() + values.bytes() + (long) size * Integer.BYTES;
    }

    @Override
    public void appendFrom(Column from, int row) {
        if (!appendedMissing(from, row)) {
            MapColumn other = (MapColumn) from;
            for (int i = 0; i < other.length(row); i++) {
                keys.appendFrom(other.keys, other.start(row) + i);
                values.appendFrom(other.values, other.start(row) + i);
            }
            endRow();
        }
    }

    @Override
    void appendValues(Column from, int first, int count) {
        MapColumn other = (MapColumn) from;
        int begin = other.offsets[first];
        int length = other.offsets[first + count] - begin;
        keys.appendRange(other.keys, begin, length);
        values.appendRange(other.values, begin, length);
        offsets = Offsets.appended(offsets, size, other.offsets, first, count);
        size += count;
    }

    @Override
    void appendFiller() {
        endRow();
    }

    @Override
    void truncateValues(int rows) {
        keys.truncate(offsets[rows]);
        values.truncate(offsets[rows]);
    }
}
