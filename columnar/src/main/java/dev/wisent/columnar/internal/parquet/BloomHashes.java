package dev.wisent.columnar.internal.parquet;

import java.util.Arrays;

/// The hashes of a chunk's values, from which its bloom filter is made: how large it has to be is known at the end only.
final class BloomHashes {
    private static final int FIRST_CAPACITY = 64;

    private long[] hashes = new long[FIRST_CAPACITY];
    private int count;

    void add(long[] values, int from, int rows, int width) {
        ensure(rows);
        for (int i = from; i < from + rows; i++) {
            hashes[count++] = width == Integer.BYTES ? XxHash64.ofInt((int) values[i]) : XxHash64.ofLong(values[i]);
        }
    }

    void add(byte[] data, int at, int length) {
        ensure(1);
        hashes[count++] = XxHash64.of(data, at, length);
    }

    private void ensure(int more) {
        if (count + more > hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(count + more, hashes.length * 2));
        }
    }

    /// The filter of what was added, which is then forgotten.
    BloomFilter filter() {
        Arrays.sort(hashes, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        BloomFilter filter = BloomFilter.of(distinct);
        for (int i = 0; i < distinct; i++) {
            filter.insert(hashes[i]);
        }
        count = 0;
        return filter;
    }

    void clear() {
        count = 0;
    }

    long heldBytes() {
        return count * (long) Long.BYTES;
    }
}
