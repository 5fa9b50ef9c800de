package dev.wisent.api.storage;

import java.nio.ByteBuffer;

/// An object on its way in parts. Several threads may send parts at the same time, in any order; [#complete] and
/// [#close] come when all of them are done.
public interface Upload extends AutoCloseable {
    /// What S3 takes at most.
    int MOST_PARTS = 10_000;

    String path();

    /// Sends part `number`, counted from 1. The same part may be sent again, with the same bytes.
    void part(int number, ByteBuffer content);

    /// Makes the object visible, in place of one that is there, in one step. Parts 1 to the highest number sent must
    /// have been sent; there is at least one. May be called again after a failure.
    ObjectInfo complete();

    /// Aborts the upload unless it was completed: nothing of it stays. After a failed [#complete] too, so call this only
    /// when the object is not wanted any more, or when it was completed. What can't be aborted now is among
    /// [ObjectStore#pendingUploads].
    @Override
    void close();
}
