package dev.wisent.connectors.delta;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// One data file on its way to the store: a small one in a single put, a larger one in parts. Its actions run one after the
/// other, on ship threads.
final class SentFile {
    private final ObjectStore store;
    private final String path;
    private final int partBytes;
    private Optional<Upload> upload = Optional.empty();
    private Optional<ObjectInfo> put = Optional.empty();
    private int parts;

    SentFile(ObjectStore store, String path, int partBytes) {
        this.store = store;
        this.path = path;
        this.partBytes = partBytes;
    }

    String path() {
        return path;
    }

    /// The next part; a shorter one is the last.
    void part(byte[] data, int length) {
        ByteBuffer content = ByteBuffer.wrap(data, 0, length);
        if (parts == 0 && length < partBytes) {
            put = Optional.of(store.put(path, content));
            return;
        }
        if (length > 0) {
            if (upload.isEmpty()) {
                upload = Optional.of(store.upload(path, partBytes));
            }
            upload.get().part(++parts, content);
        }
    }

    /// When the store has all of it, for good: when it was written.
    Instant complete() {
        if (put.isPresent()) {
            return put.get().modified();
        }
        Upload sent = upload.orElseThrow(() -> new IllegalStateException("no part was sent"));
        Instant modified = sent.complete().modified();
        sent.close();
        upload = Optional.empty();
        return modified;
    }

    /// Takes everything back. What can't be taken back is left to the next run's sweep.
    void discard() {
        try {
            upload.ifPresent(Upload::close);
            store.delete(path);
        } catch (WisentException leftToTheSweep) {
            return;
        }
    }
}
