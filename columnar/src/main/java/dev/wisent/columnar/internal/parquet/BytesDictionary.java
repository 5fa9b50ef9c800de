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
        int hash = hash(source, at, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        int id;
        while ((id = slots[slot] - 1) >= 0) {
            if (hashes[id] == hash && isEqual(id, source, at, length)) {
                return id;
            }
            slot = slot + 1 & mask;
        }
        return add(source, at, length, hash, slot);
    }

    private boolean isEqual(int id, byte[] source, int at, int length) {
        int start = offsets[id];
        return offsets[id + 1] - start == length && Arrays.equals(data, start, start + length, source, at, at + length);
    }

    /// Eight bytes at a time; the length is mixed in because the rest is read as if zeros followed.
    private static int hash(byte[] source, int at, int length) {
        long hash = length * SPREAD;
        int i = at;
        int end = at + length;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = (hash ^ LittleEndian.longAt(source, i)) * SPREAD;
            hash ^= hash >>> 32;
        }
        if (i < end) {
            hash = (hash ^ rest(source, i, end)) * SPREAD;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ hash >>> 15);
    }

    private static long rest(byte[] source, int from, int end) {
        int left = end - from;
        if (from + Long.BYTES <= source.length) {
            return LittleEndian.longAt(source, from) & -1L >>> (Long.BYTES - left) * Byte.SIZE;
        }
        long word = 0;
        for (int i = 0; i < left; i++) {
            word |= (source[from + i] & 0xFFL) << i * Byte.SIZE;
        }
        return word;
    }

    private int add(byte[] source, int at, int length, int hash, int slot) {
        int start = offsets[size];
        int end = Math.addExact(start, length);
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.max(end, Math.min(data.length * 2L, Integer.MAX_VALUE - 16)));
        }
        System.arraycopy(source, at, data, start, length);
        int id = size++;
        hashes[id] = hash;
        offsets[size] = end;
        slots[slot] = size;
        if (size == hashes.length) {
            grow();
        }
        return id;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
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
        return offsets[size] + size * (long) (6 * Integer.BYTES);
    }
}
