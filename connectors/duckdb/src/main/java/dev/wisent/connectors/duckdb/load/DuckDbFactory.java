package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.duckdb.DuckDbMemory;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.StagedDestination;
import dev.wisent.connectors.sql.staged.StagedLaneWriter;
import dev.wisent.connectors.sql.staged.StagedOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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
    private static final Key<Optional<Long>> MEMORY = DuckDbMemory.Use.LOAD.key();
    private static final ConfigShape KEYS =
            ConfigShape.of(DATABASE, SCHEMA, MEMORY).and(StagedOptions.KEYS).and(ChildTables.KEY);

    /// Rows are seen soon, and each commit costs a few files and a sync.
    private static final double COMMIT_INTERVAL_SECONDS = 5;

    private final long firstMegabytes;

    public DuckDbFactory() {
        this(DuckDbMemory.Use.LOAD.megabytes());
    }

    /// @param firstMegabytes what DuckDB takes where no more is needed
    DuckDbFactory(long firstMegabytes) {
        this.firstMegabytes = firstMegabytes;
    }

    private static Path path(String text) {
        if (text.contains(";") || text.isBlank()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
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
    public Set<Commit.Mode> modes() {
        return Set.of(Commit.Mode.APPEND, Commit.Mode.MERGE);
    }

    @Override
    public double commitIntervalSeconds() {
        return COMMIT_INTERVAL_SECONDS;
    }

    @Override
    public boolean makesTables() {
        return true;
    }

    @Override
    public ConfigShape keys() {
        return KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        DuckDbFile file = new DuckDbFile(config.read(DATABASE), DuckDbFile.Access.READ_WRITE);
        DuckDbDatabase database = new DuckDbDatabase(
                file,
                config.read(SCHEMA),
                new DuckDbMemory(DuckDbMemory.Use.LOAD, config.read(MEMORY), firstMegabytes));
        StagedOptions options = StagedOptions.read(config, settings).withChildTables(config.read(ChildTables.KEY));
        config.done();
        return new DestinationHandle.Transactional(new StagedDestination(
                database,
                options,
                (request, folder, counter) -> new StagedLaneWriter(
                        database,
                        (target, schema) -> new ParquetParts(
                                target,
                                schema,
                                request.primaryKey(),
                                request.shipping(),
                                () -> folder.next(request, counter.incrementAndGet(), ".parquet")))));
    }
}
