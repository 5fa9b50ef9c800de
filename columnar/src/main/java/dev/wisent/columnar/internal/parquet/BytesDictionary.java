package dev.wisent.columnar.internal.parquet;

import java.util.Arrays;

/// Distinct byte strings in the order they came: open addressing over their ids.
final class BytesDictionary {
    private static final int FIRST_SLOTS = 512;
    private static final int FIRST_DATA = 1024;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private byte[] data = new byte[FIRST_DATA];
    private int[] offsets = new int[FIRST_SLOTS / 2 + 1];
    private int[] hashes = new int[FIRST_SLOTS / 2];
    private long[] heads = new long[FIRST_SLOTS / 2];
    /// Id + 1; 0 is free.
    private int[] slots = new int[FIRST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    byte[] data() {
        return data;
    }

    int start(int id) {
        return offsets[id];
    }

    int length(int id) {
        return offsets[id + 1] - offsets[id];
    }

    /// Bytes of all values together.
    int dataLength() {
        return offsets[size];
    }

    int id(byte[] source, int at, int length) {
        long head = head(source, at, length);
        int hash = hash(head, source, at, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        int id;
        while ((id = slots[slot] - 1) >= 0) {
            if (hashes[id] == hash
                    && heads[id] == head
                    && length(id) == length
                    && isRestEqual(id, source, at, length)) {
                return id;
            }
            slot = slot + 1 & mask;
        }
        return add(source, at, length, head, hash, slot);
    }

    /// Compares what follows the head, eight bytes at a time; the last eight may overlap those before.
    private boolean isRestEqual(int id, byte[] source, int at, int length) {
        if (length <= Long.BYTES) {
            return true;
        }
        int ahead = offsets[id] - at;
        int last = at + length - Long.BYTES;
        for (int i = at + Long.BYTES; i < last; i += Long.BYTES) {
            if (LittleEndian.longAt(source, i) != LittleEndian.longAt(data, i + ahead)) {
                return false;
            }
        }
        return LittleEndian.longAt(source, last) == LittleEndian.longAt(data, last + ahead);
    }

    private static int hash(long head, byte[] source, int at, int length) {
        long hash = mixed(head ^ length * SPREAD);
        if (length > Long.BYTES) {
            int last = at + length - Long.BYTES;
            for (int i = at + Long.BYTES; i < last; i += Long.BYTES) {
                hash = mixed(hash ^ LittleEndian.longAt(source, i));
            }
            hash = mixed(hash ^ LittleEndian.longAt(source, last));
        }
        return (int) (hash ^ hash >>> 15);
    }

    private static long mixed(long word) {
        long product = word * SPREAD;
        return product ^ product >>> 32;
    }

    /// The first eight bytes, shorter values filled up with zeros.
    private static long head(byte[] source, int at, int length) {
        if (length >= Long.BYTES) {
            return LittleEndian.longAt(source, at);
        }
        if (length > 0 && at + Long.BYTES <= source.length) {
            return LittleEndian.longAt(source, at) & -1L >>> (Long.BYTES - length) * Byte.SIZE;
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (source[at + i] & 0xFFL) << i * Byte.SIZE;
        }
        return word;
    }

    private int add(byte[] source, int at, int length, long head, int hash, int slot) {
        int start = offsets[size];
        int end = Math.addExact(start, length);
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.max(end, Math.min(data.length * 2L, Integer.MAX_VALUE - 16)));
        }
        System.arraycopy(source, at, data, start, length);
        int id = size++;
        hashes[id] = hash;
        heads[id] = head;
        offsets[size] = end;
        slots[slot] = size;
        if (size == hashes.length) {
            grow();
        }
        return id;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        heads = Arrays.copyOf(heads, size * 2);
        offsets = Arrays.copyOf(offsets, size * 2 + 1);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    /// Forgets all values; arrays stay, unless a giant made them large.
    void clear(int largestKept) {
        if (data.length > largestKept) {
            data = new byte[FIRST_DATA];
        }
        if (size > 0) {
            Arrays.fill(slots, 0);
            size = 0;
        }
    }

    long heldBytes() {
        return offsets[size] + size * (long) (8 * Integer.BYTES);
    }
}
