package dev.wisent.connectors.sqlite.load;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.StagedDestination;
import dev.wisent.connectors.sql.staged.StagedLaneWriter;
import dev.wisent.connectors.sql.staged.StagedOptions;
import dev.wisent.connectors.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.Set;

/// `name: sqlite`.
public final class SqliteFactory implements DestinationFactory {
    private static final Key<String> DATABASE = Key.text("database")
            .about("the database's file; it is made if it is not there")
            .example("shop.db")
            .required();
    private static final ConfigShape KEYS =
            ConfigShape.of(DATABASE).and(StagedOptions.KEYS).and(ChildTables.KEY);
    /// Rows are seen soon, and each commit costs a few files and a sync.
    private static final double COMMIT_INTERVAL_SECONDS = 5;
    private static final double SOON_SECONDS = 0.05;

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String summary() {
        return "tables of a SQLite file; exactly once";
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
    public double streamCommitSeconds() {
        return SOON_SECONDS;
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
        SqliteDatabase database =
                new SqliteDatabase(new SqliteFile(Path.of(config.read(DATABASE)), SqliteFile.Access.READ_WRITE));
        StagedOptions options = StagedOptions.read(config, settings).withChildTables(config.read(ChildTables.KEY));
        config.done();
        return new DestinationHandle.Transactional(new StagedDestination(
                database,
                options,
                (request, folder, counter) -> new StagedLaneWriter(
                        database,
                        (target, schema) -> new SqliteParts(
                                target,
                                schema,
                                request.primaryKey(),
                                request.shipping(),
                                () -> folder.next(request, counter.incrementAndGet(), ".part")))));
    }
}
