package dev.wisent.connectors.formats.avro;

import java.util.Arrays;

/// Avro's numbers in bytes: zig-zag, seven bits at a time, the lowest first.
final class Varints {
    private static final int MOST_BITS = 63;

    private final byte[] bytes;
    private int at;

    /// The bytes end within what was asked for.
    static final class TooShort extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooShort() {
            super("the bytes end", null, false, false);
        }
    }

    Varints(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int at() {
        return at;
    }

    long next() {
        long value = 0;
        for (int shift = 0; shift <= MOST_BITS; shift += 7) {
            if (at >= bytes.length) {
                throw new TooShort();
            }
            byte read = bytes[at++];
            value |= (read & 0x7FL) << shift;
            if (read >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new ArithmeticException("a number of more than ten bytes");
    }

    byte[] bytes(long length) {
        if (length < 0) {
            throw new ArithmeticException("a length of " + length);
        }
        if (length > bytes.length - at) {
            throw new TooShort();
        }
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }
}
