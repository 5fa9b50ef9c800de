package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.StreamSchema;
import java.util.ArrayList;
import java.util.List;

/// Columns that rows brought up, in the order they came, all of type `json`. Shared by all workers of a run, so that they
/// write alike; only grows.
final class FoundColumns {
    private volatile List<String> names = List.of();

    /// The columns so far; the same list as long as none comes.
    List<String> names() {
        return names;
    }

    /// Makes room for `name`; false when there are too many already: keys that are data.
    synchronized boolean add(String name) {
        if (names.contains(name)) {
            return true;
        }
        if (names.size() >= StreamSchema.MAX_COLUMNS) {
            return false;
        }
        List<String> more = new ArrayList<>(names);
        more.add(name);
        names = List.copyOf(more);
        return true;
    }
}
