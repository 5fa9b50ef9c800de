package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;

/// `name: rabbitmq`.
public final class RabbitSourceFactory implements SourceFactory {
    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public String summary() {
        return "queues of RabbitMQ, until they are empty or as messages come";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return List.of();
    }

    @Override
    public ConfigShape keys() {
        return ReadOptions.KEYS;
    }

    @Override
    public Routing routing() {
        return Routing.BY_RECORD;
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        return new RabbitSource(ReadOptions.read(config, settings));
    }
}
