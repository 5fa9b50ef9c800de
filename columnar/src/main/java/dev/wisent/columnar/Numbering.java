package dev.wisent.columnar;

/// Which ordinal, and which index among the rows of that ordinal, each row of a batch has. From these two and the split
/// a row's id is made, so a
/// second reading gives the same ids.
public sealed interface Numbering {
    /// Row i is record `first + i`, the only one of its ordinal: files, logs.
    record Counting(long first) implements Numbering {}

    /// All rows belong to `ordinal`, row i is its `firstIndex + i`-th: pages.
    record Within(long ordinal, int firstIndex) implements Numbering {}

    /// Each row has its own pair: rows with gaps (rejected or filtered ones between them).
    record Explicit(long[] ordinals, int[] indexes) implements Numbering {}

    /// Row i came from row `rows[i]` of `of` and is the `parts[i]`-th that did, from 0: what transforms made of rows.
    record Derived(Numbering of, int[] rows, int[] parts) implements Numbering {}

    default long ordinal(int row) {
        return switch (this) {
            case Counting(long first) -> first + row;
            case Within(long ordinal, int firstIndex) -> ordinal;
            case Explicit(long[] ordinals, int[] indexes) -> ordinals[row];
            case Derived(Numbering of, int[] rows, int[] parts) -> of.ordinal(rows[row]);
        };
    }

    default int index(int row) {
        return switch (this) {
            case Counting(long first) -> 0;
            case Within(long ordinal, int firstIndex) -> firstIndex + row;
            case Explicit(long[] ordinals, int[] indexes) -> indexes[row];
            case Derived(Numbering of, int[] rows, int[] parts) -> of.index(rows[row]);
        };
    }

    /// Which of the rows that one record became this is; 0 for the first, and for records that stayed one row.
    default int part(int row) {
        return this instanceof Derived(Numbering of, int[] rows, int[] parts) ? parts[row] : 0;
    }
}
