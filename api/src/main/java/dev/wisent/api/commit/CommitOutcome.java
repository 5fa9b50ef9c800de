package dev.wisent.api.commit;

import java.util.Optional;

/// What became of a commit. A caller handles all three; [Unknown] forbids deleting anything until the identical
/// commit was repeated to an answer (R4).
public sealed interface CommitOutcome {
    /// The destination shows commit `number`, made by this attempt or by an identical earlier one, rolled forward in
    /// full.
    record Committed(long number) implements CommitOutcome {}

    /// Refused: the lane stands elsewhere. `by` is who claimed it last (R5).
    record Stale(ProgressView actual, Optional<Claimant> by, String why) implements CommitOutcome {}

    /// No answer, or one that does not tell. `cause` is for people.
    record Unknown(long number, Throwable cause) implements CommitOutcome {}
}
