package dev.wisent.connectors.sql.cursor;

import java.util.List;

/// The end of a window, where rows may still come late: its rows are remembered, so that the next window can read it again.
///
/// @param above the cursor below it
/// @param by the columns it is read in the order of: the cursor, then the key
/// @param types of these columns: rows are only recognised while they stay
/// @param bounds of the ranges it is read in
public record Tail(String above, List<String> by, String types, List<List<String>> bounds) {
    public Tail {
        by = List.copyOf(by);
        bounds = List.copyOf(bounds);
    }

    public int parts() {
        return bounds.size() + 1;
    }

    /// The row before the first of a range; empty: there is none.
    public List<String> after(int range) {
        return range == 0 ? List.of() : bounds.get(range - 1);
    }

    /// The last row a range may have; empty: it is open.
    public List<String> upTo(int range) {
        return range == bounds.size() ? List.of() : bounds.get(range);
    }
}
