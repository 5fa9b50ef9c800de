package dev.wisent.columnar.internal.json;

import java.math.BigInteger;

/// 5^q as 128 bits with the highest one set, rounded as the Eisel-Lemire method needs it: down for q >= 0, up for q < 0.
final class PowersOfFive {
    /// 10^-343 times any 19 digits is below half the smallest double.
    static final int LOWEST = -342;
    /// 10^309 is above the largest double.
    static final int HIGHEST = 308;

    private static final int BITS = 128;
    /// Down to here the reciprocal is exact enough with 128 bits (5^27 is below 2^64).
    private static final int LOWEST_SHORT = -27;

    private static final long[] HIGH = new long[HIGHEST - LOWEST + 1];
    private static final long[] LOW = new long[HIGHEST - LOWEST + 1];

    static {
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int q = 0; q <= -LOWEST; q++) {
            if (q <= HIGHEST) {
                put(q, fitted(power));
            }
            if (q > 0) {
                int length = power.subtract(BigInteger.ONE).bitLength();
                int shift = -q >= LOWEST_SHORT ? length + BITS - 1 : 2 * length + BITS;
                put(-q, fitted(BigInteger.ONE.shiftLeft(shift).divide(power).add(BigInteger.ONE)));
            }
            power = power.multiply(five);
        }
    }

    private PowersOfFive() {}

    private static BigInteger fitted(BigInteger value) {
        int surplus = value.bitLength() - BITS;
        return surplus >= 0 ? value.shiftRight(surplus) : value.shiftLeft(-surplus);
    }

    private static void put(int q, BigInteger bits) {
        HIGH[q - LOWEST] = bits.shiftRight(Long.SIZE).longValue();
        LOW[q - LOWEST] = bits.longValue();
    }

    static long high(int q) {
        return HIGH[q - LOWEST];
    }

    static long low(int q) {
        return LOW[q - LOWEST];
    }
}
