package dev.wisent.connectors.sql.staged;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import java.util.Optional;

/// What a destination is told of its rows.
///
/// @param pipeline what progress is stored under
/// @param cursorField the column that says which of two rows is newer
/// @param deletes what becomes of rows that are deleted at the source
/// @param clustering the columns they are looked up by
/// @param childTables so many levels of lists are tables of their own
public record StagedOptions(
        String pipeline, Optional<String> cursorField, Deletes deletes, ClusterKeys clustering, int childTables) {
    public static final Key<Deletes> DELETES = Key.choice("deletes", Deletes.class)
            .about(
                    "with `write_mode: merge`, what becomes of rows that were deleted at the source: `ignore` keeps them, `mark`"
                            + " sets `_wisent_deleted_at`, `remove` deletes them")
            .standard(Deletes.REMOVE);

    /// The keys of a destination that are read here.
    public static final ConfigShape KEYS = ConfigShape.of(DELETES, ClusterKeys.KEY);

    public static StagedOptions read(ConfigSection config, DestinationSettings settings) {
        return new StagedOptions(
                settings.pipelineId(),
                settings.cursorField(),
                config.read(DELETES),
                new ClusterKeys(settings.clusteringKeys(), config.read(ClusterKeys.KEY)),
                0);
    }

    /// The same, but lists may be tables of their own.
    ///
    /// @param levels [ChildTables#KEY]
    public StagedOptions withChildTables(long levels) {
        return new StagedOptions(pipeline, cursorField, deletes, clustering, Math.toIntExact(levels));
    }

    /// What a deletion does.
    public enum Deletes {
        IGNORE,
        /// Sets [Merging#DELETED_AT].
        MARK,
        REMOVE
    }
}
