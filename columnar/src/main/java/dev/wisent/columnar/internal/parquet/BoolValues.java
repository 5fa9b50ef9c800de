package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.OutputBuffer;

/// BOOLEAN: one bit a value, the lowest first.
final class BoolValues extends Values {
    private final WholeStats stats = new WholeStats(1);
    private final OutputBuffer packed = new OutputBuffer(64);
    private long[] values = {};
    /// Bits that make no whole byte yet.
    private int bits;
    private int filled;

    @Override
    void append(Column column, int first, int count) {
        take(((LongColumn) column).array(), first, count);
    }

    @Override
    void append(Column column, int[] rows, int count) {
        long[] from = ((LongColumn) column).array();
        values = values.length < count ? new long[count] : values;
        for (int i = 0; i < count; i++) {
            values[i] = from[rows[i]];
        }
        take(values, 0, count);
    }

    private void take(long[] from, int first, int count) {
        stats.add(from, first, count);
        byte[] bytes = packed.ensure(count / Byte.SIZE + 1);
        int at = packed.length();
        for (int i = first; i < first + count; i++) {
            bits |= (int) from[i] << filled;
            if (++filled == Byte.SIZE) {
                bytes[at++] = (byte) bits;
                bits = 0;
                filled = 0;
            }
        }
        packed.commit(at);
    }

    @Override
    int count() {
        return packed.length() * Byte.SIZE + filled;
    }

    @Override
    int pageBytes() {
        return packed.length();
    }

    @Override
    int endPage(OutputBuffer out) {
        if (filled > 0) {
            packed.put(bits);
        }
        out.put(packed.array(), 0, packed.length());
        beginChunk();
        return PLAIN;
    }

    @Override
    Stats stats() {
        return stats;
    }

    @Override
    Stats newStats() {
        return new WholeStats(1);
    }

    @Override
    void beginChunk() {
        packed.clear();
        bits = 0;
        filled = 0;
    }

    @Override
    long heldBytes() {
        return packed.length();
    }
}
