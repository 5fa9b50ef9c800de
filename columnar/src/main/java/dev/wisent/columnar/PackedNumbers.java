package dev.wisent.columnar;

import java.util.Arrays;

/// Numbers of a column as bytes: the least of them, then what each is more than that, in as many bytes as the largest needs
/// (0 if they are all the same), all first bytes before all second ones. So a number takes what it tells, and what is the same
/// in neighbours lies together: a compressor then has less to look at and finds more.
///
/// Sums and differences are those of 64 bits that flow over, so each `long` has its place, however far apart they are.
final class PackedNumbers {
    /// Rows of more than a batch are not written in no bytes at all: damaged bytes would then name any number of them.
    private static final int MOST_WITHOUT_BYTES = RecordBatch.MAX_ROWS;

    private PackedNumbers() {}

    /// Appends the first `rows` of `values`.
    static void write(long[] values, int rows, OutputBuffer out) {
        long least = rows == 0 ? 0 : Long.MAX_VALUE;
        long most = rows == 0 ? 0 : Long.MIN_VALUE;
        for (int row = 0; row < rows; row++) {
            least = Math.min(least, values[row]);
            most = Math.max(most, values[row]);
        }
        int width = begin(least, most, rows, out);
        byte[] bytes = out.ensure(Math.multiplyExact(width, rows));
        int at = out.length();
        for (int i = 0; i < width; i++, at += rows) {
            for (int row = 0; row < rows; row++) {
                bytes[at + row] = (byte) (values[row] - least >>> i * Byte.SIZE);
            }
        }
        out.commit(at);
    }

    /// Appends the differences between each of the first `rows` + 1 `offsets` and the next one.
    static void writeLengths(int[] offsets, int rows, OutputBuffer out) {
        int least = rows == 0 ? 0 : Integer.MAX_VALUE;
        int most = 0;
        for (int row = 0; row < rows; row++) {
            int length = offsets[row + 1] - offsets[row];
            least = Math.min(least, length);
            most = Math.max(most, length);
        }
        int width = begin(least, most, rows, out);
        byte[] bytes = out.ensure(Math.multiplyExact(width, rows));
        int at = out.length();
        for (int i = 0; i < width; i++, at += rows) {
            for (int row = 0; row < rows; row++) {
                bytes[at + row] = (byte) (offsets[row + 1] - offsets[row] - least >>> i * Byte.SIZE);
            }
        }
        out.commit(at);
    }

    private static int begin(long least, long most, int rows, OutputBuffer out) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
        int width = Math.max(Math.ceilDiv(bits, Byte.SIZE), rows > MOST_WITHOUT_BYTES ? 1 : 0);
        out.put(width);
        long zigzag = least << 1 ^ least >> Long.SIZE - 1;
        while ((zigzag & ~0x7FL) != 0) {
            out.put((int) (zigzag & 0x7F | 0x80));
            zigzag >>>= 7;
        }
        out.put((int) zigzag);
        return width;
    }

    /// Reads `rows` numbers into `values`, from `at` on; [#room] said that there are as many.
    static void read(WireReader in, int rows, int width, long[] values, int at) {
        long least = in.zigzag();
        byte[] bytes = in.array();
        int from = in.skip(Math.multiplyExact(width, rows));
        Arrays.fill(values, at, at + rows, least);
        for (int i = 0; i < width; i++, from += rows) {
            int shift = i * Byte.SIZE;
            for (int row = 0; row < rows; row++) {
                values[at + row] += (bytes[from + row] & 0xFFL) << shift;
            }
        }
    }

    /// How many bytes each of `rows` numbers takes that follow; refuses what can't be.
    static int room(WireReader in, int rows) {
        int width = in.next();
        if (width > Long.BYTES || (width == 0 && rows > MOST_WITHOUT_BYTES)) {
            throw new IllegalArgumentException(rows + " numbers of " + width + " bytes");
        }
        in.need(rows, width);
        return width;
    }

    /// Reads `rows` lengths.
    static int[] readLengths(WireReader in, int rows) {
        int width = room(in, rows);
        long least = in.zigzag();
        if (width > Integer.BYTES || least < 0 || least > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("lengths of " + least + " and more, in " + width + " bytes");
        }
        byte[] bytes = in.array();
        int from = in.skip(Math.multiplyExact(width, rows));
        int[] lengths = new int[rows];
        Arrays.fill(lengths, (int) least);
        for (int i = 0; i < width; i++, from += rows) {
            int shift = i * Byte.SIZE;
            for (int row = 0; row < rows; row++) {
                lengths[row] += (bytes[from + row] & 0xFF) << shift;
            }
        }
        refuseOverflow(lengths, (int) least);
        return lengths;
    }

    /// What is more than an `int` has room for came out below `least`, for no more than 32 bits were added to it.
    private static void refuseOverflow(int[] lengths, int least) {
        for (int length : lengths) {
            if (length < least) {
                throw new IllegalArgumentException(
                        "a length of " + least + " and " + Integer.toUnsignedLong(length - least) + " more");
            }
        }
    }
}
