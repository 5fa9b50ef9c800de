package dev.wisent.columnar.internal.text;

import dev.wisent.columnar.OutputBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers as text, without a String where that is possible.
final class NumberText {
    /// Digits of the longest long and its sign.
    private static final int LONGEST_LONG = 20;
    /// Doubles below this with a fraction of few digits are printed through a long: both it and 10^k are exact.
    private static final double MAX_EXACT = 1e15;

    private static final double[] FRACTIONS = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    private static final long[] POWERS = new long[19];
    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private NumberText() {}

    static void putLong(long value, OutputBuffer out) {
        if (value == Long.MIN_VALUE) {
            out.putAscii("-9223372036854775808");
            return;
        }
        byte[] bytes = out.ensure(LONGEST_LONG);
        int at = out.length();
        long rest = value;
        if (rest < 0) {
            bytes[at++] = '-';
            rest = -rest;
        }
        int end = at + digits(rest);
        putDigits(rest, bytes, at, end);
        out.commit(end);
    }

    /// `value` in exactly `width` digits, with leading zeros.
    static void putPadded(long value, int width, OutputBuffer out) {
        byte[] bytes = out.ensure(width);
        int end = out.length() + width;
        putDigits(value, bytes, out.length(), end);
        out.commit(end);
    }

    /// The shortest decimal that reads back as the same double. Not finite: `NaN`, `Infinity`, `-Infinity`.
    static void putDouble(double value, OutputBuffer out) {
        if (!putShort(value, out)) {
            out.putAscii(Double.toString(value));
        }
    }

    static void putFloat(float value, OutputBuffer out) {
        out.putAscii(Float.toString(value));
    }

    /// A decimal number of up to 15 digits is the only one of that length that reads as its double (IEEE 754, DBL_DIG), so
    /// if `digits / 10^k`, both exact, divides to `value`, these digits are its shortest text.
    private static boolean putShort(double value, OutputBuffer out) {
        double magnitude = Math.abs(value);
        if (!(magnitude < MAX_EXACT) || (value == 0 && 1 / value < 0)) {
            return false;
        }
        long whole = (long) magnitude;
        if (whole == magnitude) {
            putSigned(value, whole, out);
            out.put('.');
            out.put('0');
            return true;
        }
        for (int k = 0; k < FRACTIONS.length; k++) {
            double power = FRACTIONS[k];
            double scaled = Math.rint(magnitude * power);
            if (scaled < MAX_EXACT && scaled / power == magnitude) {
                long digits = (long) scaled;
                long divisor = POWERS[k + 1];
                putSigned(value, digits / divisor, out);
                out.put('.');
                putPadded(digits % divisor, k + 1, out);
                return true;
            }
        }
        return false;
    }

    private static void putSigned(double sign, long magnitude, OutputBuffer out) {
        if (sign < 0) {
            out.put('-');
        }
        putLong(magnitude, out);
    }

    static void putDecimal(long unscaled, int scale, OutputBuffer out) {
        if (scale == 0) {
            putLong(unscaled, out);
            return;
        }
        if (unscaled < 0) {
            out.put('-');
        }
        long magnitude = Math.abs(unscaled);
        putLong(magnitude / POWERS[scale], out);
        out.put('.');
        putPadded(magnitude % POWERS[scale], scale, out);
    }

    /// A decimal as two's complement, big-endian.
    static void putDecimal(byte[] data, int from, int length, int scale, OutputBuffer out) {
        out.putAscii(new BigDecimal(new BigInteger(data, from, length), scale).toPlainString());
    }

    private static int digits(long positive) {
        int digits = 1;
        while (digits < POWERS.length && positive >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    private static void putDigits(long value, byte[] bytes, int from, int end) {
        long rest = value;
        int at = end;
        while (at - from >= 2) {
            int pair = (int) (rest % 100);
            rest /= 100;
            bytes[--at] = ONES[pair];
            bytes[--at] = TENS[pair];
        }
        if (at > from) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
    }
}
