package dev.wisent.api;

/// A place in a split. `ordinal` never falls (R3) and is the only part anyone but the source compares; `token` is the
/// source's own resume data.
public record Position(long ordinal, String token) {
    /// Before the first record.
    public static final Position START = new Position(0, "");

    public Position {
        if (ordinal < 0) {
            throw new IllegalArgumentException("ordinal " + ordinal);
        }
    }

    public static Position at(long ordinal) {
        return new Position(ordinal, "");
    }
}
