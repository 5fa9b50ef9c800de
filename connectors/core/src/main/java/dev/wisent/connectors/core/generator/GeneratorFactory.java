package dev.wisent.connectors.core.generator;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;

/// `name: generator`.
public final class GeneratorFactory implements SourceFactory {
    @Override
    public String name() {
        return "generator";
    }

    @Override
    public String summary() {
        return "seeded orders, any count and size, for tests and measurements";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return List.of(Orders.STREAM);
    }

    @Override
    public ConfigShape keys() {
        return GeneratorOptions.KEYS;
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        return new GeneratorSource(GeneratorOptions.read(config, settings));
    }
}
