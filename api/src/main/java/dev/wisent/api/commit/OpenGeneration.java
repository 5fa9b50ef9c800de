package dev.wisent.api.commit;

/// A generation begun and neither published nor dropped.
public record OpenGeneration(Generation generation, String fingerprint, GenerationView content) {}
