package dev.wisent.api.storage;

import java.io.IOException;
import java.io.InputStream;

/// An object that is being read. For one thread. When the connection breaks, or the object ends early, the stream of a
/// store from [ObjectStores] goes on with the same version of the object; if that can't be, it throws a
/// [StorageFailure]. It never ends short in silence. (The stream of a factory's own store throws
/// [java.io.IOException].)
///
/// @param info the whole object, whatever range was asked for
/// @param stream the bytes asked for; need not be closed apart
public record ObjectContent(ObjectInfo info, InputStream stream) implements AutoCloseable {
    /// Ends the reading, without waiting for bytes that are still on their way.
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing is lost: what was read was read, and the connection is given up either way.
            return;
        }
    }
}
