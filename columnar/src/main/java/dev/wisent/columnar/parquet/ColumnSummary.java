package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import java.util.List;
import java.util.Optional;

/// What a file holds in one leaf column.
///
/// @param path names from the top, lists and maps as Parquet spells them (`tags`, `list`, `element`)
/// @param type of its values
/// @param repetition whether it lies in a list or map
/// @param values how many values there are, null not counted
/// @param nulls how many places have no value, for whatever reason: it is null, or something above it is null or empty
/// @param nans how many values are not a number; they are outside the bounds
/// @param bounds empty without a value, or when none can be told
public record ColumnSummary(
        List<String> path,
        DataType type,
        Repetition repetition,
        long values,
        long nulls,
        long nans,
        Optional<Bounds> bounds) {
    /// How often a row may have the column.
    public enum Repetition {
        ONCE,
        REPEATED
    }

    public ColumnSummary {
        path = List.copyOf(path);
    }
}
