package dev.wisent.api.storage;

import java.time.Instant;

/// What a store tells of an object.
///
/// @param path relative to the store's place
/// @param size in bytes
/// @param version an etag, a generation: another one whenever the object was written again. For comparing only
/// @param modified when it was written, by the store's clock
public record ObjectInfo(String path, long size, String version, Instant modified) {
    public ObjectInfo at(String otherPath) {
        return new ObjectInfo(otherPath, size, version, modified);
    }
}
