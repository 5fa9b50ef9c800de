package dev.wisent.api.storage;

import java.util.Optional;

/// What to read.
///
/// @param version the [ObjectInfo#version] the object must still have; empty: any
public record GetRequest(String path, ByteRange range, Optional<String> version) {
    public static GetRequest of(String path) {
        return new GetRequest(path, ByteRange.ALL, Optional.empty());
    }

    /// Exactly this state of the object.
    public static GetRequest of(ObjectInfo object) {
        return new GetRequest(object.path(), ByteRange.ALL, Optional.of(object.version()));
    }

    public GetRequest only(ByteRange bytes) {
        return new GetRequest(path, bytes, version);
    }

    public GetRequest ifVersion(String wanted) {
        return new GetRequest(path, range, Optional.of(wanted));
    }
}
