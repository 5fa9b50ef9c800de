package dev.wisent.connectors.kafka.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;

/// `name: kafka`.
public final class KafkaSourceFactory implements SourceFactory {
    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "topics of Kafka or Redpanda, to where they end or as messages come";
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
        return new KafkaSource(ReadOptions.read(config, settings));
    }
}
