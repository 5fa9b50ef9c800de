package dev.wisent.columnar.internal.parquet;

import java.util.Arrays;

/// Distinct numbers in the order they came: open addressing over their ids.
final class LongDictionary {
    private static final int FIRST_SLOTS = 512;
    /// 2^64 divided by the golden ratio: spreads neighbours over the table.
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] values = new long[FIRST_SLOTS / 2];
    /// Id + 1; 0 is free.
    private int[] slots = new int[FIRST_SLOTS];
    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(FIRST_SLOTS);
    private int size;

    int size() {
        return size;
    }

    long value(int id) {
        return values[id];
    }

    long[] values() {
        return values;
    }

    /// Writes the ids of `count` numbers to `ids`.
    void ids(long[] numbers, int from, int count, int[] ids, int at) {
        int mask = slots.length - 1;
        for (int i = 0; i < count; i++) {
            long number = numbers[from + i];
            int slot = (int) ((number ^ number >>> 32) * SPREAD >>> shift);
            int id;
            while ((id = slots[slot] - 1) >= 0 && values[id] != number) {
                slot = slot + 1 & mask;
            }
            if (id < 0) {
                id = add(number, slot);
                mask = slots.length - 1;
            }
            ids[at + i] = id;
        }
    }

    private int add(long number, int slot) {
        int id = size++;
        values[id] = number;
        slots[slot] = size;
        if (size == values.length) {
            grow();
        }
        return id;
    }

    private void grow() {
        values = Arrays.copyOf(values, size * 2);
        slots = new int[slots.length * 2];
        shift--;
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            long number = values[id];
            int slot = (int) ((number ^ number >>> 32) * SPREAD >>> shift);
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(slots, 0);
            size = 0;
        }
    }

    long heldBytes() {
        return size * (long) (Long.BYTES + 4 * Integer.BYTES);
    }
}
