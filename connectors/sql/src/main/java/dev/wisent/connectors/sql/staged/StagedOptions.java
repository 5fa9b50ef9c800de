package dev.wisent.connectors.sql.staged;

import dev.wisent.api.config.Key;
import java.util.Optional;

/// What a destination is told of its rows.
///
/// @param pipeline what progress is stored under
/// @param cursorField the column that says which of two rows is newer
/// @param deletes what becomes of rows that are deleted at the source
public record StagedOptions(String pipeline, Optional<String> cursorField, Deletes deletes) {
    public static final Key<Deletes> DELETES = Key.choice("deletes", Deletes.class)
            .about(
                    "with `write_mode: merge`, what becomes of rows that were deleted at the source: `ignore` keeps them, `mark`"
                            + " sets `_wisent_deleted_at`, `remove` deletes them")
            .standard(Deletes.REMOVE);

    /// What a deletion does.
    public enum Deletes {
        IGNORE,
        /// Sets [Merging#DELETED_AT].
        MARK,
        REMOVE
    }
}
