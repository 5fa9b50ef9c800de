package dev.wisent.columnar.internal.json;

import java.util.function.Supplier;

/// Decimal to double, correctly rounded: Clinger's fast path, then Eisel-Lemire ("Number Parsing at a Gigabyte per Second",
/// 2021), then the JDK for the few numbers neither decides.
final class FloatParser {
    /// Integers up to 2^53 are doubles.
    private static final long MAX_EXACT_INTEGER = 1L << 53;
    /// Below and above these powers of ten every number is zero or infinite.
    private static final int LOWEST_POWER = PowersOfFive.LOWEST;

    private static final int HIGHEST_POWER = PowersOfFive.HIGHEST;
    private static final int MANTISSA_BITS = 52;
    private static final int MINIMUM_EXPONENT = -1023;
    private static final int INFINITE_EXPONENT = 0x7FF;
    /// Only these powers of ten can give a number exactly between two doubles.
    private static final int LOWEST_TIE = -4;

    private static final int HIGHEST_TIE = 23;
    /// Outside, the 128-bit product may be too coarse when its low half is all ones.
    private static final int LOWEST_SAFE = -27;

    private static final int HIGHEST_SAFE = 55;

    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private FloatParser() {}

    /// The double nearest to `mantissa * 10^exponent`, the mantissa unsigned; `text` is asked for only in undecided cases.
    static double toDouble(boolean negative, long mantissa, int exponent, Supplier<String> text) {
        if (mantissa >= 0 && mantissa <= MAX_EXACT_INTEGER && exponent > -TENS.length && exponent < TENS.length) {
            double exact = mantissa;
            double value = exponent < 0 ? exact / TENS[-exponent] : exact * TENS[exponent];
            return negative ? -value : value;
        }
        if (mantissa == 0 || exponent < LOWEST_POWER) {
            return negative ? -0.0 : 0.0;
        }
        if (exponent > HIGHEST_POWER) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        long bits = eiselLemire(mantissa, exponent);
        if (bits < 0) {
            return Double.parseDouble(text.get());
        }
        return Double.longBitsToDouble(negative ? bits | Long.MIN_VALUE : bits);
    }

    /// The bits of the positive double, or a negative number when undecided.
    private static long eiselLemire(long mantissa, int exponent) {
        int zeros = Long.numberOfLeadingZeros(mantissa);
        long w = mantissa << zeros;
        long five = PowersOfFive.high(exponent);
        long high = Math.unsignedMultiplyHigh(w, five);
        long low = w * five;
        long mask = -1L >>> MANTISSA_BITS + 3;
        if ((high & mask) == mask) {
            long second = Math.unsignedMultiplyHigh(w, PowersOfFive.low(exponent));
            low += second;
            if (Long.compareUnsigned(second, low) > 0) {
                high++;
            }
        }
        if (low == -1L && (exponent < LOWEST_SAFE || exponent > HIGHEST_SAFE)) {
            return -1;
        }
        int upper = (int) (high >>> 63);
        int shift = upper + 64 - MANTISSA_BITS - 3;
        long significand = high >>> shift;
        int power = binaryPower(exponent) + upper - zeros - MINIMUM_EXPONENT;
        if (power <= 0) {
            return subnormal(significand, power);
        }
        boolean tie = low >= 0 && low <= 1 && exponent >= LOWEST_TIE && exponent <= HIGHEST_TIE;
        if (tie && (significand & 3) == 1 && significand << shift == high) {
            significand &= ~1L;
        }
        significand += significand & 1;
        significand >>>= 1;
        if (significand >= 2L << MANTISSA_BITS) {
            significand = 1L << MANTISSA_BITS;
            power++;
        }
        if (power >= INFINITE_EXPONENT) {
            return (long) INFINITE_EXPONENT << MANTISSA_BITS;
        }
        return significand & ~(1L << MANTISSA_BITS) | (long) power << MANTISSA_BITS;
    }

    private static long subnormal(long significand, int power) {
        if (1 - power >= Long.SIZE) {
            return 0;
        }
        long shifted = significand >>> 1 - power;
        shifted += shifted & 1;
        // Rounding up to 2^52 sets the exponent bit and makes the smallest normal double: the layout carries over.
        return shifted >>> 1;
    }

    /// floor(log2(10^q)) + 63, by a multiplication.
    private static int binaryPower(int q) {
        return ((152_170 + 65_536) * q >> 16) + 63;
    }
}
