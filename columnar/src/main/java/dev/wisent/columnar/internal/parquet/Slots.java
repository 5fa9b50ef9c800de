package dev.wisent.columnar.internal.parquet;

import java.util.Arrays;

/// The places a stretch of rows has for one node of the schema, in order: what its parent hands to it. A place is live
/// (its definition level is the node's own: it has a row in the node's column) or was ended further up.
///
/// Without lists and nulls above, places are simply rows and the arrays stay unused.
final class Slots {
    private static final int FIRST_CAPACITY = 256;

    int count;
    /// Whether every place is live, starts a row, and has row `first + i`.
    boolean plain;
    int first;
    byte[] definition = new byte[FIRST_CAPACITY];
    byte[] repetition = new byte[FIRST_CAPACITY];
    /// The row in the node's column; only live places have one.
    int[] row = new int[FIRST_CAPACITY];

    void rows(int from, int to) {
        plain = true;
        first = from;
        count = to - from;
    }

    void clear() {
        plain = false;
        count = 0;
    }

    void ensure(int more) {
        int needed = Math.addExact(count, more);
        if (needed > row.length) {
            int capacity = Math.max(needed, Math.toIntExact(Math.min(row.length * 2L, Integer.MAX_VALUE - 16)));
            definition = Arrays.copyOf(definition, capacity);
            repetition = Arrays.copyOf(repetition, capacity);
            row = Arrays.copyOf(row, capacity);
        }
    }

    /// Appends a place after [#ensure].
    void add(int definitionLevel, int repetitionLevel, int at) {
        definition[count] = (byte) definitionLevel;
        repetition[count] = (byte) repetitionLevel;
        row[count++] = at;
    }
}
