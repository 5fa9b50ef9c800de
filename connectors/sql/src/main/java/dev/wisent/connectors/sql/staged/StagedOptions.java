package dev.wisent.connectors.sql.staged;

import java.util.List;
import java.util.Optional;

/// What a destination is told of its rows.
///
/// @param pipeline what progress is stored under
/// @param primaryKey the columns rows are merged by; none: rows are appended
/// @param cursorField the column that says which of two rows is newer
/// @param deletes what becomes of rows that are deleted at the source
public record StagedOptions(String pipeline, List<String> primaryKey, Optional<String> cursorField, Deletes deletes) {
    /// What a deletion does.
    public enum Deletes {
        IGNORE,
        /// Sets [Merging#DELETED_AT].
        MARK,
        REMOVE
    }

    public StagedOptions {
        primaryKey = List.copyOf(primaryKey);
    }

    /// Rows are appended.
    public static StagedOptions appending(String pipeline) {
        return new StagedOptions(pipeline, List.of(), Optional.empty(), Deletes.IGNORE);
    }
}
