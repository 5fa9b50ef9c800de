package dev.wisent.columnar.internal.parquet;

import java.util.Arrays;

/// Distinct byte strings in the order they came: open addressing over their ids.
///
/// To find one of up to sixteen bytes takes two places in memory, for there are thousands of them in each of many columns,
/// which push each other out of the cache: the slot and the entry.
final class BytesDictionary {
    private static final int FIRST_SLOTS = 512;
    private static final int FIRST_DATA = 1024;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    /// An entry: the first eight bytes, the last eight (of fewer than eight both are those, filled up with zeros), start and
    /// length, and the last mark.
    private static final int ENTRY = 4;

    private static final int TAIL = 1;
    private static final int PLACE = 2;
    private static final int MARK = 3;
    private static final int TWO_WORDS = 2 * Long.BYTES;

    private byte[] data = new byte[FIRST_DATA];
    private long[] entries = new long[FIRST_SLOTS / 2 * ENTRY];
    /// Id + 1; 0 is free.
    private int[] slots = new int[FIRST_SLOTS];
    private int size;
    private int end;

    int size() {
        return size;
    }

    byte[] data() {
        return data;
    }

    int start(int id) {
        return (int) (entries[id * ENTRY + PLACE] >>> Integer.SIZE);
    }

    int length(int id) {
        return (int) entries[id * ENTRY + PLACE];
    }

    /// Bytes of all values together.
    int dataLength() {
        return end;
    }

    /// Marks `id` with `mark`, which is not 0; says whether its last mark was another one.
    boolean mark(int id, int mark) {
        int at = id * ENTRY + MARK;
        boolean other = entries[at] != mark;
        entries[at] = mark;
        return other;
    }

    int id(byte[] source, int at, int length) {
        if (length == 0 || at + Long.BYTES > source.length) {
            return find(source, at, length, slowWord(source, at, length), slowTail(source, at, length));
        }
        int known = Math.min(length, Long.BYTES);
        long mask = -1L >>> (Long.BYTES - known) * Byte.SIZE;
        long head = LittleEndian.longAt(source, at) & mask;
        long tail = LittleEndian.longAt(source, at + length - known) & mask;
        return find(source, at, length, head, tail);
    }

    /// The first eight bytes of a value near the end of its array.
    private static long slowWord(byte[] source, int at, int length) {
        long word = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            word |= (source[at + i] & 0xFFL) << i * Byte.SIZE;
        }
        return word;
    }

    private static long slowTail(byte[] source, int at, int length) {
        return slowWord(source, at + Math.max(0, length - Long.BYTES), length);
    }

    private int find(byte[] source, int at, int length, long head, long tail) {
        int mask = slots.length - 1;
        int slot = hash(source, at, length, head, tail) & mask;
        int id;
        while ((id = slots[slot] - 1) >= 0) {
            if (isSame(id, source, at, length, head, tail)) {
                return id;
            }
            slot = slot + 1 & mask;
        }
        return add(source, at, length, head, tail, slot);
    }

    private static int hash(byte[] source, int at, int length, long head, long tail) {
        long hash = mixed(mixed(head ^ length * SPREAD) ^ tail);
        for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
            hash = mixed(hash ^ LittleEndian.longAt(source, at + i));
        }
        return (int) (hash ^ hash >>> 15);
    }

    private boolean isSame(int id, byte[] source, int at, int length, long head, long tail) {
        int entry = id * ENTRY;
        return entries[entry] == head
                && entries[entry + TAIL] == tail
                && (int) entries[entry + PLACE] == length
                && (length <= TWO_WORDS || isMiddleEqual(start(id), source, at, length));
    }

    /// Compares what lies between head and tail, eight bytes at a time; the last eight may overlap the tail.
    private boolean isMiddleEqual(int start, byte[] source, int at, int length) {
        for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
            if (LittleEndian.longAt(source, at + i) != LittleEndian.longAt(data, start + i)) {
                return false;
            }
        }
        return true;
    }

    private static long mixed(long word) {
        long product = word * SPREAD;
        return product ^ product >>> 32;
    }

    private int add(byte[] source, int at, int length, long head, long tail, int slot) {
        int start = end;
        end = Math.addExact(start, length);
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.max(end, Math.min(data.length * 2L, Integer.MAX_VALUE - 16)));
        }
        System.arraycopy(source, at, data, start, length);
        int id = size++;
        int entry = id * ENTRY;
        entries[entry] = head;
        entries[entry + TAIL] = tail;
        entries[entry + PLACE] = (long) start << Integer.SIZE | length;
        entries[entry + MARK] = 0;
        slots[slot] = size;
        if (size * ENTRY == entries.length) {
            grow();
        }
        return id;
    }

    private void grow() {
        entries = Arrays.copyOf(entries, entries.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int entry = id * ENTRY;
            int slot = hash(data, start(id), length(id), entries[entry], entries[entry + TAIL]) & mask;
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
            end = 0;
        }
    }

    long heldBytes() {
        return end + size * (long) ((ENTRY * Long.BYTES + 4 * Integer.BYTES));
    }
}
