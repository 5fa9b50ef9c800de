package dev.wisent.columnar.internal.parquet;

/// XXH64 with seed 0 (the xxHash specification, version 0.1.1), which Parquet's bloom filters use.
final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    /// Wraps around.
    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;
    private static final int STRIPE = 32;

    private XxHash64() {}

    static long ofInt(int value) {
        return avalanche(four(P5 + Integer.BYTES, value));
    }

    static long ofLong(long value) {
        return avalanche(eight(P5 + Long.BYTES, value));
    }

    static long of(byte[] data, int from, int length) {
        int at = from;
        int end = from + length;
        long hash = P5;
        if (length >= STRIPE) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (; at + STRIPE <= end; at += STRIPE) {
                a = round(a, LittleEndian.longAt(data, at));
                b = round(b, LittleEndian.longAt(data, at + 8));
                c = round(c, LittleEndian.longAt(data, at + 16));
                d = round(d, LittleEndian.longAt(data, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        hash += length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = eight(hash, LittleEndian.longAt(data, at));
        }
        if (at + Integer.BYTES <= end) {
            hash = four(hash, LittleEndian.intAt(data, at));
            at += Integer.BYTES;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (data[at] & 0xFF) * P5, 11) * P1;
        }
        return avalanche(hash);
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }

    private static long eight(long hash, long word) {
        return Long.rotateLeft(hash ^ round(0, word), 27) * P1 + P4;
    }

    private static long four(long hash, int word) {
        return Long.rotateLeft(hash ^ (word & 0xFFFF_FFFFL) * P1, 23) * P2 + P3;
    }

    private static long avalanche(long last) {
        long hash = last;
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }
}
