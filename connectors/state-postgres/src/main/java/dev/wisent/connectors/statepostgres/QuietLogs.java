package dev.wisent.connectors.statepostgres;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/// Made by Flyway, by its name.
public final class QuietLogs implements LogCreator {
    @Override
    public Log createLogger(Class<?> of) {
        return new QuietLog();
    }
}
