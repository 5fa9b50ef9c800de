package dev.wisent.columnar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The schema of a stream while it runs, shared by all its decoders in one process. It only grows: columns are added
/// behind the others as nullable, types are widened where no value written so far changes ([TypeLattice#widens]), so rows
/// of an older schema are rows of a newer one. Safe for any number of threads.
public final class StreamSchema {
    /// Above this many columns keys are taken to be data, and no more are added.
    public static final int MAX_COLUMNS = 10_000;

    private volatile Schema current;

    public StreamSchema(Schema start) {
        this.current = Objects.requireNonNull(start);
    }

    public Schema current() {
        return current;
    }

    /// Adds or widens one column; see [#evolve(List)].
    public Optional<Schema> evolve(Field wanted) {
        return evolve(List.of(wanted));
    }

    /// Makes room for values of the `wanted` types: a new name becomes a nullable column, a known one is widened to the
    /// common type. Returns the schema that now holds; empty, with nothing changed, when a type can't be widened or there
    /// would be too many columns.
    public synchronized Optional<Schema> evolve(List<Field> wanted) {
        Schema grown = current;
        List<Field> left = wanted;
        while (!left.isEmpty()) {
            Map<String, Field> together = new LinkedHashMap<>();
            // one column may grow in several places: a schema names each once
            left = left.stream()
                    .filter(field -> together.putIfAbsent(field.name(), field) != null)
                    .toList();
            Schema next = TypeLattice.grow(grown, Schema.of(List.copyOf(together.values())));
            if (next.size() > MAX_COLUMNS || !TypeLattice.widens(grown, next)) {
                return Optional.empty();
            }
            grown = next;
        }
        current = grown;
        return Optional.of(grown);
    }
}
