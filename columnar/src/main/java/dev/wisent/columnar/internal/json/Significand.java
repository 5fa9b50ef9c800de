package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.DataType;
import java.math.BigInteger;

/// A number's significant digits without leading and trailing zeros, times a power of ten: what exact conversion to
/// decimals is made of. Reused for one number after the other.
final class Significand {
    /// Stands for digit counts that no decimal has.
    static final int TOO_MANY = DataType.MAX_DECIMAL + 1;

    private long small;
    private BigInteger large = BigInteger.ZERO;
    private boolean fits;
    private int digits;
    private int exponent;

    /// Takes `mantissa * 10^power`, the mantissa unsigned.
    void set(long mantissa, int power) {
        long rest = mantissa;
        int ten = power;
        while (rest != 0 && Long.remainderUnsigned(rest, 10) == 0) {
            rest = Long.divideUnsigned(rest, 10);
            ten++;
        }
        small = rest;
        exponent = rest == 0 ? 0 : ten;
        digits = count(rest);
        fits = true;
        large = BigInteger.ZERO;
    }

    /// Takes the digits in `[from, to)`, with or without a point between them, of which the first `significant` after
    /// leading zeros make `digits * 10^power`.
    void set(byte[] bytes, int from, int to, int power) {
        int stop = to;
        int ten = power;
        while (bytes[stop - 1] == '0' || bytes[stop - 1] == '.') {
            ten += bytes[--stop] == '0' ? 1 : 0;
        }
        StringBuilder significant = new StringBuilder();
        for (int i = from; i < stop && significant.length() <= DataType.MAX_DECIMAL; i++) {
            boolean leadingZero = bytes[i] == '0' && significant.isEmpty();
            if (bytes[i] != '.' && !leadingZero) {
                significant.append((char) bytes[i]);
            }
        }
        digits = significant.length();
        exponent = ten;
        fits = digits <= DataType.MAX_DECIMAL;
        large = fits ? new BigInteger(significant.toString()) : BigInteger.ZERO;
    }

    /// Whether the number is exactly a decimal of this precision and scale.
    boolean isDecimal(int precision, int scale) {
        long shift = (long) exponent + scale;
        return isZero() || (fits && shift >= 0 && digits + shift <= precision);
    }

    /// The number times `10^scale`, for decimals of up to 18 digits.
    long unscaledLong(int scale) {
        return isZero() ? 0 : small * NumberToken.POWERS[exponent + scale];
    }

    /// The number times `10^scale`.
    BigInteger unscaled(int scale) {
        if (isZero()) {
            return BigInteger.ZERO;
        }
        BigInteger all = large.signum() == 0 ? new BigInteger(Long.toUnsignedString(small)) : large;
        return all.multiply(BigInteger.TEN.pow(exponent + scale));
    }

    /// Digits before the point, at least one; [#TOO_MANY] when no decimal has so many.
    int integerDigits() {
        return fits ? Math.clamp((long) digits + exponent, 1, TOO_MANY) : TOO_MANY;
    }

    /// Digits after the point; [#TOO_MANY] when no decimal has so many.
    int scale() {
        return fits ? Math.clamp(-(long) exponent, 0, TOO_MANY) : TOO_MANY;
    }

    private boolean isZero() {
        return fits && small == 0 && large.signum() == 0;
    }

    private static int count(long unsigned) {
        int count = 1;
        while (count < NumberToken.POWERS.length && Long.compareUnsigned(unsigned, NumberToken.POWERS[count]) >= 0) {
            count++;
        }
        return count;
    }
}
