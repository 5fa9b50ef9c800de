package dev.wisent.api.state;

import dev.wisent.api.RunId;
import java.time.Instant;
import java.util.Optional;

/// A reset somebody asked for: the job's next run reads everything again and replaces what is there.
///
/// @param id never used twice; the generation that carries the reset out has it in its fingerprint
/// @param begun the run that took it up first; empty while it waits for one
public record Reset(String id, Instant asked, Optional<Begun> begun, Status status) {
    /// Who took it up, under which claim of lane 0. A live generation with a higher number replaced everything since.
    public record Begun(RunId run, long claim) {}

    public enum Status {
        /// Not published yet.
        PENDING,
        /// Taken back after a run had begun it: the next run drops what that one left, then the reset ends.
        CANCELLED
    }
}
