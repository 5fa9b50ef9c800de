package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.OutputBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers with the highest byte first, as PostgreSQL's binary formats have them.
final class BigEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static void putShort(OutputBuffer out, int value) {
        int at = out.length();
        SHORT.set(out.ensure(Short.BYTES), at, (short) value);
        out.commit(at + Short.BYTES);
    }

    static void putInt(OutputBuffer out, int value) {
        int at = out.length();
        INT.set(out.ensure(Integer.BYTES), at, value);
        out.commit(at + Integer.BYTES);
    }

    static void putLong(OutputBuffer out, long value) {
        int at = out.length();
        LONG.set(out.ensure(Long.BYTES), at, value);
        out.commit(at + Long.BYTES);
    }

    /// A field of four bytes, its length before it.
    static void putIntField(OutputBuffer out, int value) {
        int at = out.length();
        byte[] bytes = out.ensure(2 * Integer.BYTES);
        INT.set(bytes, at, Integer.BYTES);
        INT.set(bytes, at + Integer.BYTES, value);
        out.commit(at + 2 * Integer.BYTES);
    }

    /// A field of eight bytes, its length before it.
    static void putLongField(OutputBuffer out, long value) {
        int at = out.length();
        byte[] bytes = out.ensure(Integer.BYTES + Long.BYTES);
        INT.set(bytes, at, Long.BYTES);
        LONG.set(bytes, at + Integer.BYTES, value);
        out.commit(at + Integer.BYTES + Long.BYTES);
    }

    /// Writes the length of what was appended since `at` into the four bytes that begin there.
    static void setLength(OutputBuffer out, int at) {
        INT.set(out.array(), at, out.length() - at - Integer.BYTES);
    }
}
