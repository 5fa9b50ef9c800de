package dev.wisent.connectors.sql.read;

import dev.wisent.columnar.Field;

/// A column as it is read.
///
/// @param field what it becomes
/// @param select the expression whose value `reader` understands
/// @param reader of its values
public record ReadColumn(Field field, String select, CellReader reader) {
    /// Of a value in the form [RowReader] tells for its type.
    public ReadColumn(Field field, String select) {
        this(field, select, (row, at, to) -> RowReader.value(field, row, at, to));
    }
}
