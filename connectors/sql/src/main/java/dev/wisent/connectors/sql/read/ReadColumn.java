package dev.wisent.connectors.sql.read;

import dev.wisent.columnar.Field;

/// A column as it is read.
///
/// @param field what it becomes
/// @param select the expression whose value [RowReader] understands for that type
public record ReadColumn(Field field, String select) {}
