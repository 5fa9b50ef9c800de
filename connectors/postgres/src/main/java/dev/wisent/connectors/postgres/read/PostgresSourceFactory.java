package dev.wisent.connectors.postgres.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;

/// `name: postgres`.
public final class PostgresSourceFactory implements SourceFactory {
    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "tables, views and queries of PostgreSQL, whole or by a cursor";
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
    public Source create(ConfigSection config, SourceSettings settings) {
        return new PostgresSource(ReadOptions.read(config, settings));
    }
}
