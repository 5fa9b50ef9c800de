package dev.wisent.columnar;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/// Where the record of each row begins in its input: for messages, never to go on reading at. Valid as long as its batch.
///
/// @param lines by row, from 1
/// @param byteOffsets by row, in bytes of the (decompressed) input
/// @param first by row, where a record that is read once more stood when it was read first, which is then what counts; empty:
///     no
///     row is read once more
public record Places(long[] lines, long[] byteOffsets, List<First> first) {
    /// Where a record stood when it was read first.
    ///
    /// @param input what its input is called
    /// @param ordinal the number of its position there
    public record First(String input, long ordinal, OptionalLong line, OptionalLong byteOffset) {}

    /// Of rows that are read for the first time.
    public Places(long[] lines, long[] byteOffsets) {
        this(lines, byteOffsets, List.of());
    }

    /// Of `rows` rows that are made of one record that stood at `first`.
    public static Places again(First first, int rows) {
        return new Places(new long[rows], new long[rows], Collections.nCopies(rows, first));
    }

    /// Those of rows `[from, to)`.
    public Places range(int from, int to) {
        return new Places(
                Arrays.copyOfRange(lines, from, to),
                Arrays.copyOfRange(byteOffsets, from, to),
                first.isEmpty() ? first : first.subList(from, to));
    }

    /// Where row `row` stands in `input`, which is read now: `ordinal` is its number there.
    public First of(int row, String input, long ordinal) {
        return first.isEmpty()
                ? new First(input, ordinal, OptionalLong.of(lines[row]), OptionalLong.of(byteOffsets[row]))
                : first.get(row);
    }
}
