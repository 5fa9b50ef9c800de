package dev.wisent.columnar.internal;

import java.util.Optional;

/// Where records of a format end. Remembers what it needs between pieces of one input.
public interface Boundary {
    /// Where the current record ends in `[from, to)`: the index of its line end (LF, or CR which an LF may follow), or -1
    /// when it goes on behind `to`. The next call begins behind what this one looked at.
    int find(byte[] data, int from, int to);

    /// Whether each line feed ends a record, whatever comes before it.
    default boolean endsAtLineFeeds() {
        return false;
    }

    /// Whether a record of these bytes is none at all.
    boolean isBlank(byte[] bytes, int from, int to);

    /// Line ends inside the record that ended last, and forgets them.
    int takeInnerLines();

    /// Why the record can't end where the input does; empty when it can.
    Optional<String> unterminated();
}
