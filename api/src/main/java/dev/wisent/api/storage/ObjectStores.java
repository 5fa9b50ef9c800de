package dev.wisent.api.storage;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.Map;

/// Opens stores by URL. The engine hands it to sources and destinations.
public interface ObjectStores {
    /// The store at `url`: a path, `file:`, `s3://`, `gs://`, `abfss://` and the other forms of docs/storage.md. Opens the
    /// family it is in; no other I/O. Its calls are tried again within a time budget, reading streams too.
    ///
    /// @param options `storage_options`: what stands there wins over what the environment says
    /// @throws dev.wisent.api.error.WisentException when the URL or an option is none
    ObjectStore open(String url, Map<String, String> options);

    /// Splits a URL that may end in a pattern: the store is what stands before the first folder with a wildcard.
    Places split(String url);

    /// Where there are no stores: for tests of parts that use none.
    static ObjectStores none() {
        return new ObjectStores() {
            @Override
            public ObjectStore open(String url, Map<String, String> options) {
                throw WisentException.of(ErrorCode.NOT_SUPPORTED, "there are no stores here");
            }

            @Override
            public Places split(String url) {
                throw WisentException.of(ErrorCode.NOT_SUPPORTED, "there are no stores here");
            }
        };
    }

    /// A URL in two.
    ///
    /// @param root a URL for [#open]
    /// @param rest what follows: a pattern, a path, or nothing
    record Places(String root, String rest) {}
}
