package dev.wisent.columnar;

import java.util.Arrays;

/// One column of a [RecordBatch]: values appended in row order, each a value, null, or absent (the key was not there; a
/// writer that merges
/// keeps the old value, every other one treats it as null). Confined to one thread. `clear` keeps the arrays for the
/// next batch.
///
/// Bits for null and absent are allocated when the first one comes, so a column without them pays nothing.
public abstract sealed class Column permits LongColumn, DoubleColumn, BytesColumn, StructColumn, ListColumn, MapColumn {
    static final int FIRST_CAPACITY = 64;
    private static final long[] NO_BITS = {};

    private final DataType type;
    /// Set for null and for absent.
    private long[] missing = NO_BITS;
    private long[] absent = NO_BITS;
    private int missingCount;
    private int absentCount;
    protected int size;

    Column(DataType type) {
        this.type = type;
    }

    /// An empty column that can hold values of `type`.
    public static Column of(DataType type) {
        return switch (type) {
            case DataType.Bool() -> new LongColumn(type);
            case DataType.Int(int bits) -> new LongColumn(type);
            case DataType.Date() -> new LongColumn(type);
            case DataType.Time() -> new LongColumn(type);
            case DataType.Timestamp() -> new LongColumn(type);
            case DataType.TimestampNtz() -> new LongColumn(type);
            case DataType.Decimal(int p, int s) ->
                p <= DataType.MAX_LONG_DECIMAL ? new LongColumn(type) : new BytesColumn(type);
            case DataType.Float(int bits) -> new DoubleColumn(type);
            case DataType.Text() -> new BytesColumn(type);
            case DataType.Json() -> new BytesColumn(type);
            case DataType.Binary() -> new BytesColumn(type);
            case DataType.Uuid() -> new BytesColumn(type);
            case DataType.Struct struct -> new StructColumn(struct);
            case DataType.ListOf list -> new ListColumn(list);
            case DataType.MapOf map -> new MapColumn(map);
        };
    }

    public final DataType type() {
        return type;
    }

    public final int size() {
        return size;
    }

    /// Whether row `row` has no value: null or absent.
    public final boolean isNull(int row) {
        return bit(missing, row);
    }

    /// Whether row `row` was never given: its key was not there.
    public final boolean isAbsent(int row) {
        return bit(absent, row);
    }

    /// Whether no row is null or absent: lets a writer skip the question per row.
    public final boolean isComplete() {
        return missingCount == 0;
    }

    public final boolean hasAbsent() {
        return absentCount > 0;
    }

    public final void appendNull() {
        missing = setBit(missing, size);
        missingCount++;
        appendFiller();
    }

    public final void appendAbsent() {
        absent = setBit(absent, size);
        absentCount++;
        appendNull();
    }

    /// Forgets all rows from `rows` on, as if they had never been appended.
    public final void truncate(int rows) {
        for (int row = rows; missingCount > 0 && row < size; row++) {
            if (bit(missing, row)) {
                missing[row >> 6] &= ~(1L << row);
                missingCount--;
            }
            if (bit(absent, row)) {
                absent[row >> 6] &= ~(1L << row);
                absentCount--;
            }
        }
        truncateValues(rows);
        size = rows;
    }

    /// Forgets all rows; arrays stay.
    public final void clear() {
        if (missingCount > 0) {
            Arrays.fill(missing, 0);
            Arrays.fill(absent, 0);
            missingCount = 0;
            absentCount = 0;
        }
        truncateValues(0);
        size = 0;
    }

    /// Bytes the rows of this column need, for cutting batches and for budgets: an estimate that never leaves out
    /// variable-length data.
    public abstract long bytes();

    /// Appends row `row` of `from`, a column of the same type.
    public abstract void appendFrom(Column from, int row);

    /// Appends every row of `from`, a column of the same type.
    public final void appendAll(Column from) {
        appendRange(from, 0, from.size());
    }

    /// Appends `count` rows of `from`, a column of the same type, from row `first` on.
    public final void appendRange(Column from, int first, int count) {
        if (from.missingCount > 0) {
            appendMissing(from, first, first + count);
        }
        appendValues(from, first, count);
    }

    /// Marks the rows that are about to be appended and have no value.
    private void appendMissing(Column from, int first, int end) {
        int row = first;
        while (row < end && row >> 6 < from.missing.length) {
            long ahead = from.missing[row >> 6] >>> row;
            if (ahead == 0) {
                row = (row | Long.SIZE - 1) + 1;
                continue;
            }
            row += Long.numberOfTrailingZeros(ahead);
            if (row < end) {
                int to = size + row - first;
                missing = setBit(missing, to);
                missingCount++;
                if (bit(from.absent, row)) {
                    absent = setBit(absent, to);
                    absentCount++;
                }
            }
            row++;
        }
    }

    /// Appends what rows have as values, also those that have none, and counts the rows.
    abstract void appendValues(Column from, int first, int count);

    /// Appends a value nobody reads and counts the row.
    abstract void appendFiller();

    abstract void truncateValues(int rows);

    /// Appends null or absent when `from` has no value in `row`; says whether it did.
    final boolean appendedMissing(Column from, int row) {
        if (!from.isNull(row)) {
            return false;
        }
        if (from.isAbsent(row)) {
            appendAbsent();
        } else {
            appendNull();
        }
        return true;
    }

    private static boolean bit(long[] bits, int row) {
        int word = row >> 6;
        return word < bits.length && (bits[word] >>> row & 1) != 0;
    }

    private static long[] setBit(long[] bits, int row) {
        int word = row >> 6;
        long[] grown = word < bits.length ? bits : Arrays.copyOf(bits, Math.max(word + 1, bits.length * 2));
        grown[word] |= 1L << row;
        return grown;
    }
}
