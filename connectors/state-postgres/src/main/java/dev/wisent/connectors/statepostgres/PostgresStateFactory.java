package dev.wisent.connectors.statepostgres;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.state.StateStoreFactory;
import dev.wisent.api.state.StateStoreHandle;

/// `type: postgres`.
public final class PostgresStateFactory implements StateStoreFactory {
    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "a schema of a PostgreSQL database, shared by any number of machines";
    }

    @Override
    public ConfigShape keys() {
        return PostgresOptions.KEYS;
    }

    @Override
    public StateStoreHandle create(ConfigSection config) {
        return new PostgresHandle(PostgresOptions.read(config));
    }
}
