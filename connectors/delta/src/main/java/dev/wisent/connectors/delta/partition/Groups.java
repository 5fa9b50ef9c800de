package dev.wisent.connectors.delta.partition;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows of a batch by partition. Rows of a partition that follow each other are handed on where they are; rows of
/// partitions that alternate are copied together first, for a column is encoded quickly only in long pieces. One thread;
/// reused for every batch of its schema.
public final class Groups {
    /// Takes rows `[from, to)` of a batch of data columns, all of one partition.
    @FunctionalInterface
    public interface Taker {
        void take(Partition partition, RecordBatch data, int from, int to);
    }

    /// Pieces shorter than this on average are copied together.
    private static final int LONG_PIECE = 256;

    private final Partitioning partitioning;
    private final RecordBatch copied;
    private final Map<Partition, Integer> numbers = new HashMap<>();
    private Partition[] partitions = new Partition[16];
    private int[] numberOf = new int[0];
    private int[] sorted = new int[0];
    private int[] pieces = new int[64];

    public Groups(Partitioning partitioning) {
        this.partitioning = partitioning;
        this.copied = RecordBatch.of(partitioning.data());
    }

    /// Hands on every row once, those of one partition in their order.
    public void of(RecordBatch batch, Taker taker) {
        int rows = batch.rows();
        RecordBatch data = partitioning.data(batch);
        if (!partitioning.isPartitioned()) {
            taker.take(Partition.WHOLE, data, 0, rows);
            return;
        }
        int count = number(batch);
        if ((long) count * LONG_PIECE <= rows || count == numbers.size()) {
            for (int i = 0; i < count; i++) {
                int from = pieces[i];
                taker.take(partitions[numberOf[from]], data, from, i + 1 < count ? pieces[i + 1] : rows);
            }
        } else {
            int[] starts = sort(rows);
            for (int number = 0; number < numbers.size(); number++) {
                int length = starts[number + 1] - starts[number];
                taker.take(partitions[number], copied(data, starts[number], length), 0, length);
            }
        }
    }

    /// Puts the numbers of rows in the order of their partitions, and says where each partition begins.
    private int[] sort(int rows) {
        int[] starts = new int[numbers.size() + 1];
        for (int row = 0; row < rows; row++) {
            starts[numberOf[row] + 1]++;
        }
        for (int number = 0; number < numbers.size(); number++) {
            starts[number + 1] += starts[number];
        }
        if (sorted.length < rows) {
            sorted = new int[rows];
        }
        int[] next = starts.clone();
        for (int row = 0; row < rows; row++) {
            sorted[next[numberOf[row]]++] = row;
        }
        return starts;
    }

    private RecordBatch copied(RecordBatch data, int start, int length) {
        copied.clear();
        for (int i = 0; i < data.columns().size(); i++) {
            Column from = data.column(i);
            Column to = copied.column(i);
            for (int at = start; at < start + length; at++) {
                to.appendFrom(from, sorted[at]);
            }
        }
        return RecordBatch.over(copied.schema(), copied.columns(), length);
    }

    /// Gives each row the number of its partition, and says in how many pieces they lie.
    private int number(RecordBatch batch) {
        List<Column> keys = partitioning.keys(batch);
        int rows = batch.rows();
        numbers.clear();
        if (numberOf.length < rows) {
            numberOf = new int[rows];
        }
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (row > 0 && alike(keys, row)) {
                numberOf[row] = numberOf[row - 1];
                continue;
            }
            int number = number(partitioning.of(keys, row));
            numberOf[row] = number;
            if (row == 0 || numberOf[row - 1] != number) {
                if (count == pieces.length) {
                    pieces = Arrays.copyOf(pieces, count * 2);
                }
                pieces[count++] = row;
            }
        }
        return count;
    }

    private int number(Partition partition) {
        int number = numbers.computeIfAbsent(partition, p -> numbers.size());
        if (number == partitions.length) {
            partitions = Arrays.copyOf(partitions, number * 2);
        }
        partitions[number] = partition;
        return number;
    }

    /// Whether a row's keys are those of the row before it.
    private static boolean alike(List<Column> keys, int row) {
        for (int i = 0; i < keys.size(); i++) {
            if (!alike(keys.get(i), row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(Column column, int row) {
        if (column.isNull(row) || column.isNull(row - 1)) {
            return column.isNull(row) && column.isNull(row - 1);
        }
        return switch (column) {
            case LongColumn longs -> longs.get(row) == longs.get(row - 1);
            case BytesColumn bytes -> {
                int from = bytes.start(row);
                int before = bytes.start(row - 1);
                yield Arrays.equals(
                        bytes.data(),
                        from,
                        from + bytes.length(row),
                        bytes.data(),
                        before,
                        before + bytes.length(row - 1));
            }
            default -> false;
        };
    }
}
