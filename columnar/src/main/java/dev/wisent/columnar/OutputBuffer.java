package dev.wisent.columnar;

import dev.wisent.columnar.internal.Growth;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Growing bytes that encoders append to; reused through [#clear]. One thread.
public final class OutputBuffer {
    private static final int FIRST_CAPACITY = 8 << 10;

    private byte[] bytes;
    private int length;

    public OutputBuffer() {
        this(FIRST_CAPACITY);
    }

    /// @param capacity bytes that fit before the buffer grows
    public OutputBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /// The bytes, valid up to [#length] and until the next append; never to keep.
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /// Forgets everything from `newLength` on.
    public void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    public void clear() {
        length = 0;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /// Makes room for `more` bytes and returns [#array]: the caller writes from [#length] on, then calls [#commit].
    public byte[] ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Growth.from(bytes.length, Math.addExact(length, more)));
        }
        return bytes;
    }

    /// Ends what was written in place: it reaches up to `newLength`.
    public void commit(int newLength) {
        length = newLength;
    }

    public void put(int value) {
        ensure(1)[length++] = (byte) value;
    }

    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    public void put(byte[] source, int from, int count) {
        System.arraycopy(source, from, ensure(count), length, count);
        length += count;
    }

    /// Appends characters below U+0080.
    @SuppressWarnings("deprecation") // the one call that copies Latin-1 without an array in between
    public void putAscii(String text) {
        text.getBytes(0, text.length(), ensure(text.length()), length);
        length += text.length();
    }

    /// The bytes read as UTF-8.
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
