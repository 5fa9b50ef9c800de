package dev.wisent.api.lake;

import java.time.Duration;
import java.util.Optional;

/// What files are removed.
///
/// @param retention versions younger than this keep their files; empty: what the table says
/// @param effect whether anything is removed
/// @param caution what becomes of a retention shorter than the table's
public record VacuumRequest(Optional<Duration> retention, Effect effect, Caution caution) {
    public enum Effect {
        TOLD,
        REMOVED
    }

    public enum Caution {
        REFUSE,
        ACCEPT
    }
}
