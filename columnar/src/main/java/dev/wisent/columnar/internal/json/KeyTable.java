package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.internal.Swar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Finds the field of a key by its bytes: the expected one by comparing eight bytes at once, any other as it stands there by a
/// hash of its first eight bytes, one that was written with escapes by a hash of all.
final class KeyTable {
    private static final int UNKNOWN = -1;
    /// So that chains stay short: slots for one key.
    private static final int SPACE = 2;

    private static final int HASH_FACTOR = 31;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /// With the closing quote behind each.
    private final byte[][] names;
    private final int[] lengths;
    /// The first eight bytes of each name with its closing quote, of shorter ones under a mask.
    private final long[] firsts;
    private final long[] firstMasks;
    private final int[] slots;
    /// By the first eight bytes.
    private final int[] firstSlots;

    KeyTable(List<Field> fields) {
        int size = fields.size();
        names = new byte[size][];
        lengths = new int[size];
        firsts = new long[size];
        firstMasks = new long[size];
        slots = new int[Integer.highestOneBit(Math.max(1, size)) * SPACE * 2];
        Arrays.fill(slots, UNKNOWN);
        firstSlots = slots.clone();
        for (int i = 0; i < size; i++) {
            names[i] = fields.get(i).name().getBytes(StandardCharsets.UTF_8);
            prepare(i);
            int slot = hash(names[i], 0, lengths[i]) & slots.length - 1;
            while (slots[slot] != UNKNOWN) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
            if (firstMasks[i] != 0) {
                placeFirst(i);
            }
        }
    }

    private void placeFirst(int field) {
        int slot = spread(firsts[field]) & firstSlots.length - 1;
        while (firstSlots[slot] != UNKNOWN) {
            slot = slot + 1 & firstSlots.length - 1;
        }
        firstSlots[slot] = field;
    }

    private static int spread(long word) {
        long product = word * SPREAD;
        return (int) (product >>> Integer.SIZE);
    }

    private void prepare(int field) {
        byte[] name = names[field];
        int length = name.length;
        lengths[field] = length;
        byte[] quoted = Arrays.copyOf(name, Math.max(Long.BYTES, length + 1));
        quoted[length] = '"';
        int surplus = Math.max(0, Long.BYTES - length - 1);
        firsts[field] = Swar.get(quoted, 0);
        firstMasks[field] = -1L >>> surplus * Byte.SIZE;
        names[field] = Arrays.copyOf(quoted, length + 1);
        if (isEscaped(name)) {
            // never equal: such a key is only valid with escapes, and one with a line feed would be read across it
            firsts[field] = 1;
            firstMasks[field] = 0;
        }
    }

    private static boolean isEscaped(byte[] name) {
        for (byte b : name) {
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                return true;
            }
        }
        return false;
    }

    /// Whether the key whose opening quote is before `at` is `field`, written without escapes. Reads on only while bytes
    /// are equal, so never past the end of the record.
    boolean is(int field, byte[] bytes, int at) {
        if ((Swar.get(bytes, at) & firstMasks[field]) != firsts[field]) {
            return false;
        }
        int length = lengths[field];
        return length < Long.BYTES || isRest(names[field], bytes, at);
    }

    /// The field whose key, without escapes, begins at `at`; a negative number when there is none, or the key has escapes.
    /// Touches what [#is] touches.
    int findPlain(byte[] bytes, int at) {
        int slot = spread(Swar.throughQuote(Swar.get(bytes, at))) & firstSlots.length - 1;
        int field = firstSlots[slot];
        while (field != UNKNOWN && !is(field, bytes, at)) {
            slot = slot + 1 & firstSlots.length - 1;
            field = firstSlots[slot];
        }
        return field;
    }

    /// Compares what follows the first eight bytes; the last eight may overlap those before.
    private static boolean isRest(byte[] quoted, byte[] bytes, int at) {
        int last = quoted.length - Long.BYTES;
        for (int i = Long.BYTES; i < last; i += Long.BYTES) {
            if (Swar.get(bytes, at + i) != Swar.get(quoted, i)) {
                return false;
            }
        }
        return Swar.get(bytes, at + last) == Swar.get(quoted, last);
    }

    /// Bytes of a field's name.
    int length(int field) {
        return lengths[field];
    }

    /// The field with this name, or a negative number.
    int find(byte[] bytes, int from, int length) {
        int slot = hash(bytes, from, length) & slots.length - 1;
        while (slots[slot] != UNKNOWN) {
            int field = slots[slot];
            if (Arrays.equals(names[field], 0, lengths[field], bytes, from, from + length)) {
                return field;
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
