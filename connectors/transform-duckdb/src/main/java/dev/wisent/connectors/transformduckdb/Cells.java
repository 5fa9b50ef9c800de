package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.BytesColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The values of a vector of DuckDB where they lie, valid until its chunk is destroyed. Whoever reads knows its type.
///
/// @param data address of the values
/// @param validity address of a bit for each row that has a value; 0: all have
record Cells(long data, long validity) {
    /// A text (`duckdb_string_t`): four bytes of length, then itself if it is no longer than [#SHORT], else its first four
    /// bytes and a pointer.
    static final int TEXT = 16;

    static final int SHORT = 12;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static Cells of(long vector) {
        return new Cells(DuckCalls.VECTOR_DATA.with(vector), DuckCalls.VECTOR_VALIDITY.with(vector));
    }

    boolean isComplete() {
        return validity == 0;
    }

    boolean isNull(int row) {
        return validity != 0 && (Memory.longAt(validity + (row >>> 6) * (long) Long.BYTES) >>> row & 1) == 0;
    }

    byte byteAt(int row) {
        return Memory.byteAt(data + row);
    }

    short shortAt(int row) {
        return Memory.shortAt(data + (long) row * Short.BYTES);
    }

    int intAt(int row) {
        return Memory.intAt(data + (long) row * Integer.BYTES);
    }

    long longAt(int row) {
        return Memory.longAt(data + (long) row * Long.BYTES);
    }

    /// Of 16 bytes.
    BigInteger hugeAt(int row) {
        long at = data + (long) row * 2 * Long.BYTES;
        return new BigInteger(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(Memory.longAt(at + Long.BYTES))
                .putLong(Memory.longAt(at))
                .array());
    }

    String text(int row) {
        return new String(bytes(row), StandardCharsets.UTF_8);
    }

    byte[] bytes(int row) {
        byte[] bytes = new byte[length(row)];
        Memory.copy(address(row), bytes, 0, bytes.length);
        return bytes;
    }

    /// Appends a text as it is.
    void append(int row, BytesColumn to) {
        int length = length(row);
        int start = to.end();
        if (length <= SHORT) {
            byte[] out = to.ensure(TEXT);
            long at = data + (long) row * TEXT + Integer.BYTES;
            LONGS.set(out, start, Memory.longAt(at));
            LONGS.set(out, start + SHORT - Integer.BYTES, tail(at));
        } else {
            Memory.copy(address(row), to.ensure(length), start, length);
        }
        to.commit(start + length);
    }

    /// The last four of the bytes of a short text.
    private static long tail(long at) {
        return Memory.intAt(at + Long.BYTES);
    }

    private int length(int row) {
        return Memory.intAt(data + (long) row * TEXT);
    }

    private long address(int row) {
        long at = data + (long) row * TEXT;
        return length(row) <= SHORT ? at + Integer.BYTES : Memory.longAt(at + Long.BYTES);
    }
}
