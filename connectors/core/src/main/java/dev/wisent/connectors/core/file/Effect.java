package dev.wisent.connectors.core.file;

import java.util.List;
import java.util.Optional;

/// What a commit changes outside the bookkeeping. Computed from the state before it, so that whoever applies it,
/// however late, touches only what that
/// commit names or supersedes (R4).
sealed interface Effect {
    /// Nothing to see.
    record Nothing() implements Effect {}

    /// Parts join the visible ones; `offset` is where the first begins in a destination of one file.
    record Reveal(List<Part> parts, long offset) implements Effect {}

    /// Parts take the place of those that are visible. `whole`: the file that holds them all, in a destination of one
    /// file.
    record Replace(List<Part> parts, List<Part> superseded, Optional<String> whole) implements Effect {}

    /// Staged parts that will never be seen.
    record Discard(List<Part> parts) implements Effect {}
}
