package dev.wisent.storage;

import dev.wisent.api.storage.ByteRange;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import java.io.IOException;
import java.io.InputStream;

/// Bytes of one version of an object. When the connection breaks, or ends early, it asks for the rest.
final class SteadyStream extends InputStream {
    private final ObjectStore store;
    private final Retries retries;
    private final GetRequest request;
    private final ObjectInfo info;
    private ObjectContent content;
    private long read;
    private final long wanted;

    SteadyStream(ObjectStore store, Retries retries, GetRequest request, ObjectContent content) {
        this.store = store;
        this.retries = retries;
        this.request = request;
        this.content = content;
        info = content.info();
        wanted = request.range().within(info.size());
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (read == wanted) {
            return -1;
        }
        Retries.Budget left = retries.begin();
        while (true) {
            try {
                int got = content.stream().read(into, offset, (int) Math.min(length, wanted - read));
                if (got > 0) {
                    read += got;
                    return got;
                }
                throw new IOException("the object ended " + (wanted - read) + " bytes early");
            } catch (IOException broken) {
                goOn(broken, left);
            }
        }
    }

    private void goOn(IOException broken, Retries.Budget left) {
        content.close();
        left.pauseAfter(StorageFailure.of(
                        StorageFailure.Kind.UNAVAILABLE,
                        "reading broke off at byte " + (request.range().from() + read) + ": " + broken.getMessage(),
                        Urls.of(store, info.path()))
                .causedBy(broken));
        GetRequest rest = request.only(ByteRange.of(request.range().from() + read, wanted - read))
                .ifVersion(info.version());
        content = retries.call(() -> store.get(rest));
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(content.stream().available(), wanted - read);
    }

    @Override
    public void close() {
        content.close();
    }
}
