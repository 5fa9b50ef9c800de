package dev.wisent.connectors.postgres;

import dev.wisent.columnar.Nullability;

/// A column of a table or view.
///
/// @param comment empty: none
public record PostgresColumn(String name, PostgresType type, Nullability nullability, String comment) {}
