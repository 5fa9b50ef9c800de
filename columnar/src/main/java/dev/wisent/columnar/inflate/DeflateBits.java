package dev.wisent.columnar.inflate;

import java.util.Arrays;

/// The bits of a deflate stream that have come and were not taken, lowest first (RFC 1951, 3.1.1). Behind the input there is
/// always room for [#SLACK] bytes more, so that whole words can be read.
final class DeflateBits {
    static final int SLACK = 2 * Long.BYTES;
    private static final int FIRST_BYTES = 64 << 10;

    byte[] in = new byte[FIRST_BYTES];
    int at;
    int end;
    long bits;
    /// How many of [#bits] are there; those above are 0.
    int count;

    private int markedAt;
    private long markedBits;
    private int markedCount;

    void clear() {
        at = 0;
        end = 0;
        bits = 0;
        count = 0;
    }

    /// Puts `length` bytes behind what is there.
    void append(byte[] data, int from, int length) {
        int left = end - at;
        if (left + length + SLACK > in.length) {
            in = Arrays.copyOf(in, left + length + SLACK);
        }
        System.arraycopy(in, at, in, 0, left);
        System.arraycopy(data, from, in, left, length);
        at = 0;
        end = left + length;
    }

    /// Gets as many bits as fit.
    void fill() {
        while (count <= Long.SIZE - Byte.SIZE && at < end) {
            bits |= (in[at++] & 0xFFL) << count;
            count += Byte.SIZE;
        }
    }

    /// Whether `wanted` bits are there, at most 56.
    boolean has(int wanted) {
        fill();
        return count >= wanted;
    }

    int take(int wanted) {
        int value = (int) (bits & (1L << wanted) - 1);
        skip(wanted);
        return value;
    }

    void skip(int taken) {
        bits >>>= taken;
        count -= taken;
    }

    /// Leaves out what is left of a byte.
    void align() {
        skip(count % Byte.SIZE);
    }

    /// Takes whole bytes into `to`, as many as are there; returns how many. To be called after [#align].
    int takeBytes(byte[] to, int offset, int most) {
        int taken = 0;
        while (taken < most && count > 0) {
            to[offset + taken++] = (byte) take(Byte.SIZE);
        }
        int rest = Math.min(most - taken, end - at);
        System.arraycopy(in, at, to, offset + taken, rest);
        at += rest;
        return taken + rest;
    }

    /// How many whole bytes were not taken.
    int rest() {
        return end - at + count / Byte.SIZE;
    }

    /// Where [#reset] goes back to, until more is appended.
    void mark() {
        markedAt = at;
        markedBits = bits;
        markedCount = count;
    }

    void reset() {
        at = markedAt;
        bits = markedBits;
        count = markedCount;
    }
}
