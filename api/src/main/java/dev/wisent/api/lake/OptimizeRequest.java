package dev.wisent.api.lake;

/// What small files are put together.
///
/// @param smallerThan files of fewer bytes are put together
/// @param targetBytes how large files become
public record OptimizeRequest(long smallerThan, long targetBytes) {}
