package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.parquet.Bounds;
import java.util.Arrays;
import java.util.Optional;

/// Of BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY. Of a long value no more than [BoundCut#KEPT] bytes matter: values that agree
/// in them have the same bounds.
final class BytesStats extends Stats {
    /// How values are compared, and what a bound that is cut may look like.
    enum Order {
        /// Unsigned bytes; a cut bound stays valid UTF-8.
        TEXT,
        UNSIGNED,
        /// Two's complement, big-endian, all of one length.
        SIGNED
    }

    private final Order order;
    private final long flip;
    private boolean any;
    private long minHead;
    private long maxHead;
    private byte[] min = {};
    private byte[] max = {};
    private int minLength;
    private int maxLength;

    BytesStats(Order order) {
        this.order = order;
        this.flip = order == Order.SIGNED ? 0 : Long.MIN_VALUE;
    }

    /// Takes the `length` bytes at `at`.
    void add(byte[] data, int at, int length) {
        long head = head(data, at, length);
        if (any && head > minHead && head < maxHead) {
            return;
        }
        int kept = Math.min(length, BoundCut.KEPT);
        if (!any || head < minHead || (head == minHead && compareRest(data, at, kept, min, minLength) < 0)) {
            min = kept(min, data, at, kept);
            minLength = kept;
            minHead = head;
        }
        if (!any || head > maxHead || (head == maxHead && compareRest(data, at, kept, max, maxLength) > 0)) {
            max = kept(max, data, at, kept);
            maxLength = kept;
            maxHead = head;
        }
        any = true;
    }

    /// The first eight bytes as a number that is ordered as they are; shorter values are filled up with zeros.
    private long head(byte[] data, int at, int length) {
        if (at + Long.BYTES <= data.length) {
            long word = (long) LittleEndian.BIG_LONG.get(data, at);
            if (length < Long.BYTES) {
                word = length == 0 ? 0 : word & -1L << (Long.BYTES - length) * Byte.SIZE;
            }
            return word ^ flip;
        }
        long word = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            word |= (data[at + i] & 0xFFL) << (Long.BYTES - 1 - i) * Byte.SIZE;
        }
        return word ^ flip;
    }

    /// Compares what has equal heads.
    private static int compareRest(byte[] data, int at, int length, byte[] other, int otherLength) {
        return Arrays.compareUnsigned(data, at, at + length, other, 0, otherLength);
    }

    private static byte[] kept(byte[] old, byte[] data, int at, int length) {
        byte[] into = length <= old.length ? old : new byte[Math.max(length, BoundCut.KEPT)];
        System.arraycopy(data, at, into, 0, length);
        return into;
    }

    @Override
    void clear() {
        any = false;
    }

    @Override
    void merge(Stats other) {
        BytesStats that = (BytesStats) other;
        if (that.any) {
            add(that.min, 0, that.minLength);
            add(that.max, 0, that.maxLength);
        }
    }

    @Override
    boolean isBounded() {
        return any && (isMaxExact() || greatest().isPresent());
    }

    private Optional<byte[]> greatest() {
        return BoundCut.above(max, order);
    }

    @Override
    boolean isMinExact() {
        return minLength < BoundCut.KEPT;
    }

    @Override
    boolean isMaxExact() {
        return maxLength < BoundCut.KEPT;
    }

    @Override
    byte[] min() {
        return isMinExact() ? Arrays.copyOf(min, minLength) : BoundCut.below(min, order);
    }

    @Override
    byte[] max() {
        return isMaxExact() ? Arrays.copyOf(max, maxLength) : greatest().orElseThrow();
    }

    @Override
    Optional<Bounds> bounds() {
        return isBounded()
                ? Optional.of(new Bounds.Bytes(min(), exactness(isMinExact()), max(), exactness(isMaxExact())))
                : Optional.empty();
    }

    private static Bounds.Exactness exactness(boolean exact) {
        return exact ? Bounds.Exactness.EXACT : Bounds.Exactness.CUT;
    }

    @Override
    int compareMin(Stats other) {
        BytesStats that = (BytesStats) other;
        int heads = Long.compare(minHead, that.minHead);
        return heads != 0 ? heads : compareRest(min, 0, minLength, that.min, that.minLength);
    }

    @Override
    int compareMax(Stats other) {
        BytesStats that = (BytesStats) other;
        int heads = Long.compare(maxHead, that.maxHead);
        return heads != 0 ? heads : compareRest(max, 0, maxLength, that.max, that.maxLength);
    }
}
