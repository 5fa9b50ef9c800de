package dev.wisent.connectors.sql.staged;

/// A part that a statement reads.
///
/// @param from what a SELECT names
/// @param number its place among the parts of its target
record Source(StagedPart part, String from, int number) {}
