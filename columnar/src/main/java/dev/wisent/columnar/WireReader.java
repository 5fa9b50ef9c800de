package dev.wisent.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Goes through bytes that [BatchBytes] wrote; whatever does not fit is an [IllegalArgumentException]. One thread.
public final class WireReader {
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// A struct without fields takes no bytes, so nothing else limits how many there are.
    private static final int MOST_EMPTY_ROWS = RecordBatch.MAX_ROWS * 32;

    private final byte[] bytes;
    private final int end;
    private int at;

    public WireReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    public boolean isAtEnd() {
        return at == end;
    }

    /// Where it stands in the bytes it was given.
    public int position() {
        return at;
    }

    public int next() {
        need(1, 1);
        return bytes[at++] & 0xFF;
    }

    /// A number that is not negative.
    public int small() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = next();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                if (value < 0 || (shift == 28 && next > 7)) {
                    break;
                }
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    /// A number of any sign: seven bits a byte, the low ones first, and its sign in the lowest of all.
    long zigzag() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = next();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    public String text() {
        int length = small();
        int start = skip(length);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /// Everything that is left.
    public byte[] rest() {
        return bytes(end - at);
    }

    byte[] array() {
        return bytes;
    }

    /// How many things follow of which each takes at least `bytesEach`.
    int count(int bytesEach) {
        int count = small();
        need(count, bytesEach);
        return count;
    }

    /// `count`, if as many bytes are left.
    int atMost(int count) {
        need(count, 1);
        return count;
    }

    void room(int rows, boolean takesNoBytes) {
        if (takesNoBytes && rows > MOST_EMPTY_ROWS) {
            throw new IllegalArgumentException(rows + " empty rows");
        }
    }

    void need(int count, int bytesEach) {
        if ((long) count * bytesEach > end - at) {
            throw new IllegalArgumentException("the bytes end too early");
        }
    }

    long fixed() {
        need(1, Long.BYTES);
        long value = (long) LONGS.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    byte[] bytes(int length) {
        int start = skip(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /// Where the bytes that are as many as all `lengths` begin; goes on behind them.
    int skip(int[] lengths) {
        long sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return skip((int) Math.min(sum, Integer.MAX_VALUE));
    }

    /// Where the next `length` bytes begin; goes on behind them.
    int skip(int length) {
        need(length, 1);
        int start = at;
        at += length;
        return start;
    }
}
