package dev.wisent.api.format;

import java.util.Optional;
import java.util.Set;

/// Which columns of a file are wanted; the others are neither fetched nor decoded, as far as the format allows.
///
/// @param names empty: all
public record Projection(Optional<Set<String>> names) {
    public static final Projection ALL = new Projection(Optional.empty());

    public static Projection of(Set<String> names) {
        return new Projection(Optional.of(Set.copyOf(names)));
    }

    public boolean has(String column) {
        return names.map(wanted -> wanted.contains(column)).orElse(true);
    }
}
