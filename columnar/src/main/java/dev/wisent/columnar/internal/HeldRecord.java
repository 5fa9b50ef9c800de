package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord;
import java.util.Arrays;

/// The beginning of a record whose end has not come yet. Takes no more memory than the limit for records allows: of a
/// longer one it keeps the first bytes and counts the rest.
public final class HeldRecord {
    private static final int FIRST_CAPACITY = 4 << 10;
    /// An array above this is not kept for the records after it (R10).
    private static final int LARGEST_KEPT = 1 << 20;

    private final long limit;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private long total;

    public HeldRecord(long limit) {
        this.limit = limit;
    }

    public void add(byte[] data, int from, int to) {
        int more = to - from;
        total += more;
        if (isTooLarge()) {
            int kept = Math.min(more, Math.max(0, BadRecord.MAX_RAW - length));
            append(data, from, kept);
            length = Math.min(length, BadRecord.MAX_RAW);
            if (bytes.length > LARGEST_KEPT) {
                bytes = Arrays.copyOf(bytes, length + Swar.PADDING);
            }
        } else {
            append(data, from, more);
        }
    }

    public void add(byte b) {
        if (bytes.length - length <= Swar.PADDING || total + 1 > limit) {
            add(new byte[] {b}, 0, 1);
        } else {
            bytes[length++] = b;
            total++;
        }
    }

    private void append(byte[] data, int from, int count) {
        int needed = length + count + Swar.PADDING;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int)
                    Math.max(needed, Math.min(Growth.from(bytes.length, needed), limit + Swar.PADDING)));
        }
        System.arraycopy(data, from, bytes, length, count);
        length += count;
    }

    /// The bytes with a line feed behind them and room to read on.
    public byte[] terminated() {
        append(new byte[0], 0, 0);
        bytes[length] = '\n';
        return bytes;
    }

    public boolean isTooLarge() {
        return total > limit;
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /// How many bytes are kept.
    public int length() {
        return length;
    }

    /// How many bytes there were.
    public long total() {
        return total;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public void clear() {
        length = 0;
        total = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }
}
