package dev.wisent.connectors.storageazure;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import java.util.List;

/// Opens containers of Azure Blob Storage.
public final class AzureFactory implements ObjectStoreFactory {
    @Override
    public String name() {
        return "azure";
    }

    @Override
    public String summary() {
        return "Azure Blob Storage: abfss://container@account.dfs.core.windows.net/prefix";
    }

    @Override
    public List<StoreOption> options() {
        return AzureOptions.ALL;
    }

    @Override
    public ObjectStore open(StoreLocation location, StoreSettings settings) {
        return new AzureStore(location, AzureOptions.read(location, settings));
    }
}
