package dev.wisent.connectors.delta;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import java.time.Clock;

/// `name: delta`.
public final class DeltaFactory implements DestinationFactory {
    /// Each commit is a version that every reader has to look at.
    private static final double COMMIT_INTERVAL_SECONDS = 60;

    @Override
    public String name() {
        return "delta";
    }

    @Override
    public String summary() {
        return "a Delta Lake table in a local folder or object storage; exactly once";
    }

    @Override
    public double commitIntervalSeconds() {
        return COMMIT_INTERVAL_SECONDS;
    }

    @Override
    public ConfigShape keys() {
        return DeltaOptions.KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        DeltaOptions options = DeltaOptions.read(config, settings);
        return new DestinationHandle.Transactional(new DeltaDestination(
                options, () -> settings.stores().open(options.path(), options.storageOptions()), Clock.systemUTC()));
    }
}
