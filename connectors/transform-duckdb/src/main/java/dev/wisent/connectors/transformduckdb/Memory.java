package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// Memory of this process by its address: what DuckDB's functions say where it is. Nothing is checked.
final class Memory {
    @SuppressWarnings("restricted") // the launcher enables native access
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    static byte byteAt(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    static short shortAt(long address) {
        return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
    }

    static int intAt(long address) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    static long longAt(long address) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    static void put(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    static void put(long address, short value) {
        ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
    }

    static void put(long address, int value) {
        ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
    }

    static void put(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    static void put(long address, byte[] from, int start, int length) {
        MemorySegment.copy(from, start, ALL, ValueLayout.JAVA_BYTE, address, length);
    }

    static void copy(long address, byte[] to, int start, int length) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, to, start, length);
    }

    /// The text of C that begins at an address; none where there is none.
    static String text(long address) {
        return address == 0 ? "" : ALL.getString(address, StandardCharsets.UTF_8);
    }
}
