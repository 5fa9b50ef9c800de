package dev.wisent.storage;

import java.io.InputStream;
import java.nio.ByteBuffer;

/// Reads a buffer without moving its position, so that it can be sent again.
public final class BufferStream extends InputStream {
    private final ByteBuffer rest;

    public BufferStream(ByteBuffer buffer) {
        rest = buffer.duplicate();
        rest.mark();
    }

    @Override
    public int read() {
        return rest.hasRemaining() ? rest.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, rest.remaining());
        rest.get(into, offset, count);
        return count == 0 ? -1 : count;
    }

    @Override
    public long skip(long bytes) {
        int count = Math.clamp(bytes, 0, rest.remaining());
        rest.position(rest.position() + count);
        return count;
    }

    @Override
    public int available() {
        return rest.remaining();
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public synchronized void mark(int limit) {
        rest.mark();
    }

    @Override
    public synchronized void reset() {
        rest.reset();
    }
}
