package dev.wisent.connectors.core.files;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;

/// `name: files`.
public final class FilesFactory implements SourceFactory {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public String summary() {
        return "NDJSON, JSON, CSV, Parquet and Avro files on disk or in object stores, once or as they come";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return List.of();
    }

    @Override
    public ConfigShape keys() {
        return FilesOptions.KEYS;
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        FilesOptions options = FilesOptions.read(config, settings);
        return new FilesSource(options, options.origin(settings.stores()));
    }
}
