package dev.wisent.connectors.transformduckdb;

import java.math.BigInteger;

/// A vector of DuckDB to be filled, of a table function's next rows. Whoever fills it knows its type.
final class Slots {
    private static final int BYTES_OF_WORD = 8;

    private final long vector;
    private final long data;
    private final Scratch scratch;
    private long validity;

    Slots(long vector, Scratch scratch) {
        this.vector = vector;
        this.data = DuckCalls.VECTOR_DATA.with(vector);
        this.scratch = scratch;
    }

    void putNull(int at) {
        if (validity == 0) {
            DuckCalls.WRITABLE_VALIDITY.with(vector);
            validity = DuckCalls.VECTOR_VALIDITY.with(vector);
        }
        long word = validity + (at >>> 6) * (long) Long.BYTES;
        Memory.put(word, Memory.longAt(word) & ~(1L << at));
    }

    void put(int at, byte value) {
        Memory.put(data + at, value);
    }

    void put(int at, short value) {
        Memory.put(data + (long) at * Short.BYTES, value);
    }

    void put(int at, int value) {
        Memory.put(data + (long) at * Integer.BYTES, value);
    }

    void put(int at, long value) {
        Memory.put(data + (long) at * Long.BYTES, value);
    }

    /// In 16 bytes.
    void put(int at, BigInteger value) {
        long slot = data + (long) at * 2 * Long.BYTES;
        Memory.put(slot, value.longValue());
        Memory.put(slot + Long.BYTES, value.shiftRight(Long.SIZE).longValue());
    }

    /// A text of ASCII alone, copied.
    void putAscii(int at, byte[] text) {
        putAscii(at, scratch.copy(text, 0, text.length), text.length);
    }

    /// A text of ASCII alone that lies in memory of [Scratch], where it stays.
    void putAscii(int at, long address, int length) {
        long slot = data + (long) at * Cells.TEXT;
        long first = Memory.longAt(address);
        if (length <= Cells.SHORT) {
            first &= mask(Math.min(length, BYTES_OF_WORD));
            long last = Memory.intAt(address + Long.BYTES) & mask(Math.max(length - BYTES_OF_WORD, 0));
            Memory.put(slot, length | first << Integer.SIZE);
            Memory.put(slot + Long.BYTES, first >>> Integer.SIZE | last << Integer.SIZE);
        } else {
            Memory.put(slot, length | first << Integer.SIZE);
            Memory.put(slot + Long.BYTES, address);
        }
    }

    /// A text that DuckDB looks at: only UTF-8 is one.
    void putText(int at, byte[] text) {
        putText(at, scratch.copy(text, 0, text.length), text.length);
    }

    void putText(int at, long address, int length) {
        DuckCalls.ASSIGN_TEXT.with(vector, at, address, length);
    }

    long copied(byte[] from, int start, int length) {
        return scratch.copy(from, start, length);
    }

    /// The lowest bytes.
    private static long mask(int bytes) {
        return bytes == BYTES_OF_WORD ? -1L : (1L << bytes * Byte.SIZE) - 1;
    }
}
