package dev.wisent.api.commit;

/// A generation to begin: hidden until published.
public record Generation(GenerationId id, Kind kind) {
    /// What publishing does.
    public enum Kind {
        /// Its rows take the place of the live ones: full refresh.
        REPLACE,
        /// Its rows and progress join the live ones: an incremental run that shows its rows once, at its end.
        APPEND
    }
}
