package dev.wisent.connectors.postgres.load;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import java.util.Set;

/// `name: postgres`.
public final class PostgresFactory implements DestinationFactory {
    private static final double SOON_SECONDS = 0.05;

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "tables of a PostgreSQL database; exactly once";
    }

    @Override
    public double streamCommitSeconds() {
        return SOON_SECONDS;
    }

    @Override
    public Set<Commit.Mode> modes() {
        return PostgresDestination.MODES;
    }

    @Override
    public boolean makesTables() {
        return true;
    }

    @Override
    public ConfigShape keys() {
        return PostgresOptions.KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        return new DestinationHandle.Transactional(new PostgresDestination(PostgresOptions.read(config, settings)));
    }
}
