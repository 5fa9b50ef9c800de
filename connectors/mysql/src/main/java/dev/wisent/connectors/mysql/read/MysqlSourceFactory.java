package dev.wisent.connectors.mysql.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;

/// `name: mysql`.
public final class MysqlSourceFactory implements SourceFactory {
    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String summary() {
        return "tables, views and queries of MySQL and MariaDB";
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
        return new MysqlSource(ReadOptions.read(config, settings));
    }
}
