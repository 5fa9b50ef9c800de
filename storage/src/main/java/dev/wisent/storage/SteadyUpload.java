package dev.wisent.storage;

import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Tries parts again, and sees to the rules of parts.
final class SteadyUpload implements Upload {
    private final Upload upload;
    private final Retries retries;
    private final long partBytes;
    private final ConcurrentMap<Integer, Integer> lengths = new ConcurrentHashMap<>();

    SteadyUpload(Upload upload, Retries retries, long partBytes) {
        this.upload = upload;
        this.retries = retries;
        this.partBytes = partBytes;
    }

    @Override
    public String path() {
        return upload.path();
    }

    @Override
    public void part(int number, ByteBuffer content) {
        if (number < 1 || number > MOST_PARTS || content.remaining() > partBytes) {
            throw new IllegalArgumentException("part " + number + " of " + content.remaining() + " bytes");
        }
        retries.run(() -> upload.part(number, content));
        lengths.put(number, content.remaining());
    }

    @Override
    public ObjectInfo complete() {
        int last = lengths.size();
        for (int number = 1; number <= last; number++) {
            int length = lengths.getOrDefault(number, -1);
            if (length < 0 || length < partBytes && number < last) {
                throw new IllegalStateException("part " + number + " of " + last
                        + (length < 0 ? " was not sent" : " has " + length + " bytes, not " + partBytes));
            }
        }
        if (last == 0) {
            throw new IllegalStateException("no part was sent");
        }
        return retries.call(upload::complete);
    }

    @Override
    public void close() {
        upload.close();
    }
}
