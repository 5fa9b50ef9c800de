package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.Address;
import dev.wisent.connectors.postgres.ConnectionKeys;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.StagedOptions;
import java.util.List;

/// The keys of the destination.
///
/// @param schema where Wisent's own tables are, and targets that name no schema
/// @param pipeline what progress is stored under
/// @param target the stream's own target
/// @param writeMode how rows meet those that are there
/// @param merging how they are merged, if they are
record PostgresOptions(
        Address address,
        String schema,
        String pipeline,
        TargetId target,
        Commit.Mode writeMode,
        StagedOptions merging) {
    private static final String STANDARD_SCHEMA = "public";

    private static final Key<String> SCHEMA = Key.text("schema")
            .about(
                    "where tables are whose `destination_id` names no schema, and Wisent's own, `_wisent_…`; made if it is not"
                            + " there")
            .as(
                    "a name of at most " + TableName.LONGEST + " bytes that does not begin with pg_",
                    STANDARD_SCHEMA,
                    text -> {
                        if (text.isBlank() || text.startsWith("pg_") || !TableName.fits(text)) {
                            throw new IllegalArgumentException("");
                        }
                        return text;
                    })
            .standard(STANDARD_SCHEMA);

    static final ConfigShape KEYS =
            ConnectionKeys.SHAPE.and(SCHEMA).and(StagedOptions.KEYS).and(ChildTables.KEY);

    static PostgresOptions read(ConfigSection config, DestinationSettings settings) {
        PostgresOptions options = new PostgresOptions(
                ConnectionKeys.read(config),
                config.read(SCHEMA),
                settings.pipelineId(),
                settings.defaultTarget(),
                settings.writeMode(),
                StagedOptions.read(config, settings).withChildTables(config.read(ChildTables.KEY)));
        config.done();
        return options;
    }

    /// The columns rows of a target are looked up by; empty: none.
    ///
    /// @param columns of its table
    List<String> clustering(TargetId of, Schema columns) {
        return merging.clustering().of(of, columns);
    }

    TableName table(TargetId of) {
        return TableName.of(of, schema);
    }
}
