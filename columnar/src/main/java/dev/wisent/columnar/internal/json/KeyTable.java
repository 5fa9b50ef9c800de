package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.internal.Swar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Finds the field of a key by its bytes: the expected one by comparing words of eight bytes, any other by a hash.
final class KeyTable {
    private static final int UNKNOWN = -1;
    /// So that chains stay short: slots for one key.
    private static final int SPACE = 2;

    private static final int HASH_FACTOR = 31;

    private final byte[][] names;
    /// Each name with its closing quote, in words; the last one is compared under a mask.
    private final long[][] words;
    private final long[] lastMasks;
    private final int[] slots;

    KeyTable(List<Field> fields) {
        int size = fields.size();
        names = new byte[size][];
        words = new long[size][];
        lastMasks = new long[size];
        slots = new int[Integer.highestOneBit(Math.max(1, size)) * SPACE * 2];
        Arrays.fill(slots, UNKNOWN);
        for (int i = 0; i < size; i++) {
            names[i] = fields.get(i).name().getBytes(StandardCharsets.UTF_8);
            prepare(i);
            int slot = hash(names[i], 0, names[i].length) & slots.length - 1;
            while (slots[slot] != UNKNOWN) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
        }
    }

    private void prepare(int field) {
        byte[] name = names[field];
        int length = name.length + 1;
        byte[] quoted = Arrays.copyOf(name, (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        quoted[name.length] = '"';
        words[field] = new long[quoted.length / Long.BYTES];
        for (int i = 0; i < words[field].length; i++) {
            words[field][i] = Swar.get(quoted, i * Long.BYTES);
        }
        int surplus = quoted.length - length;
        lastMasks[field] = -1L >>> surplus * Byte.SIZE;
    }

    /// Whether the key whose opening quote is before `at` is `field`, written without escapes. Reads on only while bytes
    /// are equal, so never past the end of the record.
    boolean is(int field, byte[] bytes, int at) {
        long[] expected = words[field];
        int last = expected.length - 1;
        int i = at;
        for (int w = 0; w < last; w++, i += Long.BYTES) {
            if (Swar.get(bytes, i) != expected[w]) {
                return false;
            }
        }
        return (Swar.get(bytes, i) & lastMasks[field]) == expected[last];
    }

    /// Bytes of a field's name.
    int length(int field) {
        return names[field].length;
    }

    /// The field with this name, or a negative number.
    int find(byte[] bytes, int from, int length) {
        int slot = hash(bytes, from, length) & slots.length - 1;
        while (slots[slot] != UNKNOWN) {
            byte[] name = names[slots[slot]];
            if (Arrays.equals(name, 0, name.length, bytes, from, from + length)) {
                return slots[slot];
            }
            slot = slot + 1 & slots.length - 1;
        }
        return UNKNOWN;
    }

    private static int hash(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * HASH_FACTOR + bytes[i];
        }
        return hash ^ hash >>> 16;
    }
}
