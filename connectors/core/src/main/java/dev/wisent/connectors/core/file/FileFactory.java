package dev.wisent.connectors.core.file;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;

/// `name: file`.
public final class FileFactory implements DestinationFactory {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public String summary() {
        return "NDJSON, CSV or Parquet parts in a folder, on disk or in an object store, or one file; exactly once";
    }

    @Override
    public double commitIntervalSeconds() {
        return 10;
    }

    @Override
    public ConfigShape keys() {
        return FileOptions.KEYS;
    }

    @Override
    public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
        FileOptions options = FileOptions.read(config, settings);
        return new DestinationHandle.Transactional(new FileDestination(options, place(options.layout(), settings)));
    }

    private static Place place(Layout layout, DestinationSettings settings) {
        return switch (layout) {
            case Layout.Local local -> new LocalPlace(local);
            case Layout.InStore store ->
                new StorePlace(store.url(), () -> settings.stores().open(store.url(), store.options()));
        };
    }
}
