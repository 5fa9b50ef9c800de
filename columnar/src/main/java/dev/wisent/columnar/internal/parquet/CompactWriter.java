package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Thrift's compact protocol, as far as Parquet's metadata needs it. Fields of a struct are written in the order of
/// their ids.
final class CompactWriter {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int BYTE = 3;
    static final int I32 = 5;
    static final int I64 = 6;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int STRUCT = 12;
    private static final int STOP = 0;
    /// Ids and sizes below it share a byte with the type.
    private static final int SHORT = 15;
    /// Footers nest less than this.
    private static final int DEPTH = 16;

    private final OutputBuffer out;
    /// The last field id of each struct under construction.
    private final int[] lasts = new int[DEPTH];
    private int depth;

    CompactWriter(OutputBuffer out) {
        this.out = out;
    }

    /// Begins a struct that is no field: the message itself, or an element of a list.
    CompactWriter begin() {
        lasts[++depth] = 0;
        return this;
    }

    CompactWriter end() {
        out.put(STOP);
        depth--;
        return this;
    }

    /// Begins a struct that is field `id`.
    CompactWriter struct(int id) {
        field(id, STRUCT);
        return begin();
    }

    /// A struct without fields, as the choices of Parquet's unions are.
    CompactWriter empty(int id) {
        return struct(id).end();
    }

    CompactWriter i8(int id, int value) {
        field(id, BYTE);
        out.put(value);
        return this;
    }

    CompactWriter i32(int id, int value) {
        field(id, I32);
        zigzag(value);
        return this;
    }

    CompactWriter i64(int id, long value) {
        field(id, I64);
        zigzag(value);
        return this;
    }

    CompactWriter bool(int id, boolean value) {
        field(id, value ? TRUE : FALSE);
        return this;
    }

    CompactWriter binary(int id, byte[] value) {
        field(id, BINARY);
        return element(value);
    }

    CompactWriter text(int id, String value) {
        return binary(id, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Begins a list; its `size` elements follow.
    CompactWriter list(int id, int type, int size) {
        field(id, LIST);
        if (size < SHORT) {
            out.put(size << 4 | type);
        } else {
            out.put(0xF0 | type);
            unsigned(size);
        }
        return this;
    }

    CompactWriter element(byte[] value) {
        unsigned(value.length);
        out.put(value);
        return this;
    }

    CompactWriter element(String value) {
        return element(value.getBytes(StandardCharsets.UTF_8));
    }

    CompactWriter element(long value) {
        zigzag(value);
        return this;
    }

    CompactWriter element(boolean value) {
        out.put(value ? TRUE : FALSE);
        return this;
    }

    /// Copies what another writer made of a whole element.
    CompactWriter raw(byte[] encoded) {
        out.put(encoded);
        return this;
    }

    private void field(int id, int type) {
        int delta = id - lasts[depth];
        if (delta <= 0) {
            throw new IllegalStateException("field " + id + " after " + Arrays.toString(lasts));
        }
        if (delta <= SHORT) {
            out.put(delta << 4 | type);
        } else {
            out.put(type);
            zigzag(id);
        }
        lasts[depth] = id;
    }

    private void zigzag(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    private void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((int) rest);
    }
}
