package dev.wisent.connectors.storages3;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import java.util.List;

/// Opens buckets of S3.
public final class S3Factory implements ObjectStoreFactory {
    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String summary() {
        return "Amazon S3 and compatible stores: s3://bucket/prefix";
    }

    @Override
    public List<StoreOption> options() {
        return S3Options.ALL;
    }

    @Override
    public ObjectStore open(StoreLocation location, StoreSettings settings) {
        return new S3Store(location, S3Options.read(location, settings));
    }
}
