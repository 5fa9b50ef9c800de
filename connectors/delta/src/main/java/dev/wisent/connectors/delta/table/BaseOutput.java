package dev.wisent.connectors.delta.table;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.Upload;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// One object, in a single put if it is small, else in parts, one after the other: a base is written while a run waits for
/// its commit, beside a full budget. Nobody sees it before [#finish]; [#close] without that leaves nothing. One thread.
final class BaseOutput extends OutputStream {
    /// The least that S3 takes, so that little memory is held.
    static final int PART = 5 << 20;

    private final ObjectStore store;
    private final String path;
    private final byte[] buffer = new byte[PART];
    private int filled;
    private Optional<Upload> upload = Optional.empty();
    private int parts;

    BaseOutput(ObjectStore store, String path) {
        this.store = store;
        this.path = path;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        while (at < offset + length) {
            if (filled == PART) {
                send();
            }
            int taken = Math.min(offset + length - at, PART - filled);
            System.arraycopy(bytes, at, buffer, filled, taken);
            filled += taken;
            at += taken;
        }
    }

    private void send() {
        Upload open = upload.orElseGet(() -> store.upload(path, PART));
        upload = Optional.of(open);
        open.part(++parts, ByteBuffer.wrap(buffer, 0, filled));
        filled = 0;
    }

    void finish() {
        if (upload.isEmpty()) {
            store.put(path, ByteBuffer.wrap(buffer, 0, filled));
            return;
        }
        if (filled > 0) {
            send();
        }
        upload.get().complete();
    }

    @Override
    public void close() {
        upload.ifPresent(Upload::close);
    }
}
