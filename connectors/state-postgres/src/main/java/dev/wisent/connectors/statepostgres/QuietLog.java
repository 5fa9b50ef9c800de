package dev.wisent.connectors.statepostgres;

import org.flywaydb.core.api.logging.Log;

/// Flyway says nothing: what fails is thrown, the rest nobody asked for.
final class QuietLog implements Log {
    @Override
    @SuppressWarnings("deprecation") // it must be implemented all the same
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}

    @Override
    public void notice(String message) {}
}
