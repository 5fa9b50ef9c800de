package dev.wisent.api.storage;

import java.util.List;

/// Makes stores of one kind. Found by `java.util.ServiceLoader`.
public interface ObjectStoreFactory {
    /// What a [StoreLocation] calls it: `s3`.
    String name();

    /// One line for people.
    String summary();

    /// The `storage_options` it knows, beside those of every store.
    List<StoreOption> options();

    /// Opens the store, without I/O. Its paths are whole keys of the bucket: the location's prefix is added by the caller.
    /// Each call makes one attempt, and [StorageFailure.Kind#UNAVAILABLE] says that another may help: the caller does
    /// that, within its budget.
    ///
    /// @throws dev.wisent.api.error.WisentException [dev.wisent.api.error.ErrorCode#CONFIG_INVALID] when options
    ///     contradict each other
    ObjectStore open(StoreLocation location, StoreSettings settings);
}
