package dev.wisent.connectors.postgres.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in a byte array, as PostgreSQL sends them.
final class BigEndian {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static short shortAt(byte[] data, int at) {
        return (short) SHORTS.get(data, at);
    }

    static int intAt(byte[] data, int at) {
        return (int) INTS.get(data, at);
    }

    static long longAt(byte[] data, int at) {
        return (long) LONGS.get(data, at);
    }

    static void putInt(byte[] data, int at, int value) {
        INTS.set(data, at, value);
    }
}
