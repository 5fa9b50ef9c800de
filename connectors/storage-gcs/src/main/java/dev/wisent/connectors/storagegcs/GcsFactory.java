package dev.wisent.connectors.storagegcs;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import java.util.List;

/// Opens buckets of Google Cloud Storage.
public final class GcsFactory implements ObjectStoreFactory {
    @Override
    public String name() {
        return "gcs";
    }

    @Override
    public String summary() {
        return "Google Cloud Storage: gs://bucket/prefix";
    }

    @Override
    public List<StoreOption> options() {
        return GcsOptions.ALL;
    }

    @Override
    public ObjectStore open(StoreLocation location, StoreSettings settings) {
        return new GcsStore(location, GcsOptions.read(settings));
    }
}
