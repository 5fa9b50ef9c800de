package dev.wisent.api.commit;

import java.util.Arrays;

/// Bytes that grow. One thread.
final class PackedBytes {
    private static final int ROOM = 512;

    private byte[] bytes;
    private int length;

    PackedBytes() {
        bytes = new byte[ROOM];
    }

    /// With a copy of `begin` in it.
    PackedBytes(byte[] begin) {
        bytes = Arrays.copyOf(begin, begin.length + ROOM);
        length = begin.length;
    }

    void put(byte b) {
        grow(1);
        bytes[length++] = b;
    }

    void bytes(byte[] from, int at, int count) {
        grow(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    /// Unsigned LEB128.
    void number(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
    }

    private void grow(int by) {
        if (bytes.length - length < by) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + by));
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
