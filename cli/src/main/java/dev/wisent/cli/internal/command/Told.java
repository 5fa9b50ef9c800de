package dev.wisent.cli.internal.command;

import java.util.Optional;

/// What a step of `check` has to say.
///
/// @param warning the part of it that people should act on
record Told(String detail, Optional<String> warning) {
    static final Told NOTHING = of("");

    static Told of(String detail) {
        return new Told(detail, Optional.empty());
    }

    /// The same, with more before it.
    Told behind(String more) {
        return new Told(more + "; " + detail, warning);
    }
}
