package dev.wisent.connectors.core.logger;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import java.util.Optional;

/// `name: logger`.
public final class LoggerFactory implements DestinationFactory {
    private static final Key<Optional<String>> DUMMY =
            Key.text("dummy").about("not used; Bizon's logger has this one key").optional();

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
    public ConfigShape keys() {
        return ConfigShape.of(DUMMY);
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        config.read(DUMMY);
        config.done();
        return new DestinationHandle.Batches(new LoggerDestination(settings.console()));
    }
}
