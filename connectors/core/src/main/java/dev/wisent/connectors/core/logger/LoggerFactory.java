package dev.wisent.connectors.core.logger;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;

/// `name: logger`.
public final class LoggerFactory implements DestinationFactory {
    @Override
    public String name() {
        return "logger";
    }

    @Override
    public String summary() {
        return "rows as lines of JSON, to look at; at least once";
    }

    @Override
    public double commitIntervalSeconds() {
        return 1;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        // Bizon's logger must have a key, and this is the one it has.
        config.ignore("dummy");
        config.done();
        return new DestinationHandle.Batches(new LoggerDestination(settings.console()));
    }
}
