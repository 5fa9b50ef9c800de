package dev.wisent.engine.internal.validate;

import java.util.HexFormat;

/// A sum over the values of a column that does not depend on their order. Values that occur twice count twice.
final class ColumnSum {
    /// FNV-1a, 64 bits: offset and prime.
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;
    /// A null is no text.
    static final long NULL = 0x9e3779b97f4a7c15L;

    private long sum;
    private long mixed;
    private long values;
    private long nulls;

    /// @return the value's own number, for the sum of its row
    long add(String value) {
        values++;
        return addHash(hash(value));
    }

    long addNull() {
        nulls++;
        return addHash(NULL);
    }

    /// Two sums of one hash: equal by chance in one of 2^64 or more.
    long addHash(long hash) {
        sum += hash;
        mixed += mix(hash ^ NULL);
        return hash;
    }

    long values() {
        return values;
    }

    long nulls() {
        return nulls;
    }

    boolean isSame(ColumnSum other) {
        return sum == other.sum && mixed == other.mixed && values == other.values && nulls == other.nulls;
    }

    /// The same with a null in each of `rows` that this says nothing of.
    ColumnSum filled(long rows) {
        ColumnSum filled = new ColumnSum();
        long more = rows - values - nulls;
        filled.sum = sum + more * NULL;
        filled.mixed = mixed + more * mix(0);
        filled.values = values;
        filled.nulls = nulls + more;
        return filled;
    }

    String text() {
        return HexFormat.of().toHexDigits(sum) + HexFormat.of().toHexDigits(mixed);
    }

    static long hash(String value) {
        long hash = OFFSET;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * PRIME;
        }
        return mix(hash);
    }

    /// Of splitmix64: every bit of the input changes half of the output.
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
