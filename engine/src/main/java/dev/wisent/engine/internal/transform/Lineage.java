package dev.wisent.engine.internal.transform;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.transform.Applied.Origins;
import dev.wisent.columnar.Numbering;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Which record each row came from, through all steps so far, and which records were refused. One batch long.
final class Lineage {
    private final int records;
    private final BitSet refused = new BitSet();
    /// Empty: row i is record i.
    private Optional<int[]> origins = Optional.empty();
    private int rows;

    /// @param added rows that records became beyond their first
    /// @param filtered records that became none and were not refused
    record Sums(long added, long filtered) {}

    Lineage(int records) {
        this.records = records;
        this.rows = records;
    }

    int record(int row) {
        return origins.isEmpty() ? row : origins.get()[row];
    }

    /// Says whether the record was not refused before.
    boolean refuse(int record) {
        boolean first = !refused.get(record);
        refused.set(record);
        return first;
    }

    /// Takes the answer of a step into account: it handed on `after` rows.
    void follow(Origins step, int after) {
        switch (step) {
            case Origins.Same same -> {
                if (after != rows) {
                    throw broken(after + " rows where there were " + rows);
                }
            }
            case Origins.Rows(int[] of) -> {
                int[] composed = new int[after];
                int last = 0;
                for (int row = 0; row < after; row++) {
                    if (of[row] < last || of[row] >= rows) {
                        throw broken("row " + of[row] + " after row " + last + " of " + rows);
                    }
                    last = of[row];
                    composed[row] = record(last);
                }
                origins = Optional.of(composed);
                rows = after;
            }
        }
    }

    private static WisentException broken(String what) {
        return WisentException.of(ErrorCode.INTERNAL, "a transform lost count of its rows: " + what);
    }

    /// The rows whose records nobody refused; empty when these are all. Takes them as the rows from now on.
    Optional<int[]> survivors() {
        int[] kept = new int[rows];
        int count = 0;
        for (int row = 0; row < rows && !refused.isEmpty(); row++) {
            if (!refused.get(record(row))) {
                kept[count++] = row;
            }
        }
        if (refused.isEmpty() || count == rows) {
            return Optional.empty();
        }
        int[] survivors = Arrays.copyOf(kept, count);
        follow(new Origins.Rows(survivors), count);
        return Optional.of(survivors);
    }

    /// Called when no row of a refused record is left.
    Sums sums() {
        long present = rows;
        if (origins.isPresent()) {
            present = 0;
            for (int row = 0; row < rows; row++) {
                if (row == 0 || record(row) != record(row - 1)) {
                    present++;
                }
            }
        }
        return new Sums(rows - present, records - refused.cardinality() - present);
    }

    Numbering numbering(Numbering of) {
        if (origins.isEmpty()) {
            return of;
        }
        int[] parts = new int[rows];
        for (int row = 1; row < rows; row++) {
            parts[row] = record(row) == record(row - 1) ? parts[row - 1] + 1 : 0;
        }
        return new Numbering.Derived(of, origins.get(), parts);
    }
}
