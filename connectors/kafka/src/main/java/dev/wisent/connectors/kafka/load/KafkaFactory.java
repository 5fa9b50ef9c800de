package dev.wisent.connectors.kafka.load;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;

/// `name: kafka`.
public final class KafkaFactory implements DestinationFactory {
    private static final double SOON_SECONDS = 0.05;

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "topics of Kafka or Redpanda, a row a message of JSON; exactly once";
    }

    @Override
    public double commitIntervalSeconds() {
        return 1;
    }

    @Override
    public double streamCommitSeconds() {
        return SOON_SECONDS;
    }

    @Override
    public ConfigShape keys() {
        return LoadOptions.KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        return new DestinationHandle.Transactional(new KafkaDestination(LoadOptions.read(config, settings)));
    }
}
