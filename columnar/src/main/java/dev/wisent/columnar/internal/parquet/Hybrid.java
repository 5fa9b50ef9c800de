package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import java.util.Arrays;

/// Parquet's RLE/bit-packed hybrid: runs of one value, and literal values packed in groups of eight.
final class Hybrid {
    private static final int GROUP = 8;
    /// A run must save this many bits of packed values to be worth its header and the next literals' one.
    private static final int WORTH_BITS = 32;

    private Hybrid() {}

    /// Bits that hold every number up to `most`.
    static int width(int most) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(most);
    }

    /// Appends `count` values of `width` bits, 1 to 32.
    static void encode(int[] values, int count, int width, OutputBuffer out) {
        int least = Math.max(GROUP, (WORTH_BITS / width + GROUP - 1) / GROUP * GROUP);
        int literals = 0;
        int at = 0;
        while (at < count) {
            int end = at + 1;
            int first = values[at];
            while (end < count && values[end] == first) {
                end++;
            }
            if (end - at >= least) {
                literals(values, literals, at, width, out);
                run(first, end - at, width, out);
                at = end;
                literals = end;
            } else {
                at = Math.min(count, at + Math.max(GROUP, (end - at) / GROUP * GROUP));
            }
        }
        literals(values, literals, count, width, out);
    }

    /// Appends one run. It always has its header, also when all values are the same: without it only lenient readers
    /// can read them.
    static void run(int value, int count, int width, OutputBuffer out) {
        unsigned((long) count << 1, out);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.put(value >>> shift);
        }
    }

    private static void literals(int[] values, int from, int to, int width, OutputBuffer out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        unsigned((long) groups << 1 | 1, out);
        int length = groups * width;
        byte[] bytes = out.ensure(length + Long.BYTES);
        int start = out.length();
        int at = start;
        long bits = 0;
        int filled = 0;
        for (int i = from; i < to; i++) {
            bits |= (long) values[i] << filled;
            filled += width;
            if (filled >= Integer.SIZE) {
                LittleEndian.putInt(bytes, at, (int) bits);
                at += Integer.BYTES;
                bits >>>= Integer.SIZE;
                filled -= Integer.SIZE;
            }
        }
        LittleEndian.putLong(bytes, at, bits);
        at += Long.BYTES;
        if (at < start + length) {
            Arrays.fill(bytes, at, start + length, (byte) 0);
        }
        out.commit(start + length);
    }

    private static void unsigned(long value, OutputBuffer out) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((int) rest);
    }
}
