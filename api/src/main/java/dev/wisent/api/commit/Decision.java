package dev.wisent.api.commit;

/// What the rules say of a commit at the place where the destination stands.
public sealed interface Decision {
    /// It is in already: this very commit, by an earlier attempt.
    record Already() implements Decision {}

    /// The destination stands elsewhere; nothing is repaired.
    record Refuse(String why) implements Decision {}

    /// Write it, in the same atomic step.
    record Accept() implements Decision {}
}
