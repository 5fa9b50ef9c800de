package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;

/// A split-block bloom filter (Parquet format, BloomFilter.md): blocks of eight words, a value sets one bit in each word
/// of one block.
final class BloomFilter {
    private static final int BLOCK_WORDS = 8;
    private static final int BLOCK_BYTES = BLOCK_WORDS * Integer.BYTES;
    /// One of a hundred values that are not there seems to be.
    private static final double FALSE_POSITIVES = 0.01;
    /// As parquet-java: a larger one costs more to read than it saves.
    private static final int MOST_BYTES = 1 << 20;
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private final int[] words;

    private BloomFilter(int bytes) {
        words = new int[bytes / Integer.BYTES];
    }

    /// A filter for so many distinct values.
    static BloomFilter of(int distinct) {
        double bits = -(double) BLOCK_WORDS * distinct / Math.log(1 - Math.pow(FALSE_POSITIVES, 1.0 / BLOCK_WORDS));
        int bytes = BLOCK_BYTES;
        while (bytes < MOST_BYTES && bytes * (double) Byte.SIZE < bits) {
            bytes *= 2;
        }
        return new BloomFilter(bytes);
    }

    void insert(long hash) {
        long blocks = words.length / BLOCK_WORDS;
        int block = (int) ((hash >>> 32) * blocks >>> 32);
        int key = (int) hash;
        for (int i = 0; i < BLOCK_WORDS; i++) {
            words[block * BLOCK_WORDS + i] |= 1 << (key * SALT[i] >>> 27);
        }
    }

    /// Appends header and bits.
    void write(OutputBuffer out) {
        int bytes = words.length * Integer.BYTES;
        new CompactWriter(out)
                .begin()
                .i32(1, bytes)
                .struct(2)
                .empty(1)
                .end()
                .struct(3)
                .empty(1)
                .end()
                .struct(4)
                .empty(1)
                .end()
                .end();
        byte[] to = out.ensure(bytes);
        int at = out.length();
        for (int word : words) {
            LittleEndian.putInt(to, at, word);
            at += Integer.BYTES;
        }
        out.commit(at);
    }
}
