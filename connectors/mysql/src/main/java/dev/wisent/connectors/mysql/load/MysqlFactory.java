package dev.wisent.connectors.mysql.load;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.StagedDestination;
import dev.wisent.connectors.sql.staged.StagedLaneWriter;
import dev.wisent.connectors.sql.staged.StagedOptions;
import java.util.Set;

/// `name: mysql`.
public final class MysqlFactory implements DestinationFactory {
    /// Rows are seen soon, and each commit costs a few statements and a sync.
    private static final double COMMIT_INTERVAL_SECONDS = 5;
    private static final double SOON_SECONDS = 0.05;

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String summary() {
        return "tables of MySQL and MariaDB; exactly once";
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
        return MysqlOptions.KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        MysqlOptions options = MysqlOptions.read(config, settings);
        StagedOptions staged = StagedOptions.read(config, settings).withChildTables(config.read(ChildTables.KEY));
        config.done();
        MysqlDatabase database = new MysqlDatabase(options);
        return new DestinationHandle.Transactional(new StagedDestination(
                database,
                staged,
                (request, folder, counter) -> new StagedLaneWriter(
                        database,
                        (target, schema) -> new MysqlParts(
                                target,
                                schema,
                                request.primaryKey(),
                                request.shipping(),
                                () -> folder.next(request, counter.incrementAndGet(), ".part")))));
    }
}
