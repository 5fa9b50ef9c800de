package dev.wisent.flows.types;

import java.util.List;

/// A type of a source, and values of it as SQL.
///
/// @param shown how the source shows a value of it exactly, `?` being the column; empty: as [From] shows such values
/// @param plain values that every destination holds
/// @param edges values that some destination may not hold, or the source itself: each has a table of its own
record Kind(String type, String shown, List<String> plain, List<String> edges) {
    static Kind of(String type, String... plain) {
        return new Kind(type, "", List.of(plain), List.of());
    }

    Kind shown(String expression) {
        return new Kind(type, expression, plain, edges);
    }

    Kind edges(String... values) {
        return new Kind(type, shown, plain, List.of(values));
    }
}
