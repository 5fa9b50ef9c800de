package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.sql.staged.StagedDestination;
import dev.wisent.connectors.sql.staged.StagedOptions;
import dev.wisent.connectors.sql.staged.StagedPart.Changes;
import java.nio.file.Path;

/// `name: duckdb`.
public final class DuckDbFactory implements DestinationFactory {
    private static final Key<Path> DATABASE = Key.text("database")
            .about("the database's file; it is made if it is not there")
            .example("warehouse.duckdb")
            .as("a path without ';'", Path.of("database"), DuckDbFactory::path)
            .required();
    private static final Key<String> SCHEMA = Key.text("schema")
            .about("of tables whose destination_id names none")
            .standard("main");
    private static final ConfigShape KEYS = ConfigShape.of(DATABASE, SCHEMA);

    private static Path path(String text) {
        if (text.contains(";") || text.isBlank()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    }

    private static Changes changes(StagedOptions options) {
        return options.primaryKey().isEmpty() ? Changes.NONE : Changes.EACH_ROW;
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String summary() {
        return "tables of a DuckDB file; exactly once";
    }

    @Override
    public ConfigShape keys() {
        return KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        DuckDbFile file = new DuckDbFile(config.read(DATABASE), DuckDbFile.Access.READ_WRITE);
        DuckDbDatabase database = new DuckDbDatabase(file, config.read(SCHEMA));
        config.done();
        StagedOptions options = StagedOptions.appending(settings.pipelineId());
        return new DestinationHandle.Transactional(new StagedDestination(
                database,
                options,
                (request, folder, counter) ->
                        new DuckDbLaneWriter(database, request, folder, counter, changes(options))));
    }
}
