package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.TypeLattice;
import dev.wisent.columnar.internal.Swar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// The last JSON number that was read (RFC 8259 section 6), as `mantissa * 10^exponent`, and its exact conversions.
public final class NumberToken {
    /// Digits that always fit a long.
    static final int LONG_DIGITS = 18;
    /// Digits that always fit an unsigned long.
    private static final int MANTISSA_DIGITS = 19;
    /// Exponents beyond this are all the same: overflow, or nothing.
    private static final int EXPONENT_LIMIT = 100_000_000;

    /// Digits and exponents of doubles are smaller; beyond it a number is not looked at digit by digit.
    private static final int LONGEST_DOUBLE = 400;

    static final long[] POWERS = new long[MANTISSA_DIGITS];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private byte[] bytes = {};
    private int from;
    private int end;
    private boolean negative;
    /// The digits as an unsigned number: all of them, or the first 19 significant ones if there are more.
    private long mantissa;
    private int exponent;
    private int digits;
    /// What [#readDigits] adds to.
    private long run;
    private boolean integer;
    private boolean more;
    private int digitsEnd;
    private final Supplier<String> text = this::text;
    private final Significand significand = new Significand();

    void forget() {
        bytes = new byte[0];
    }

    /// Reads the number at the cursor and returns where it ends; refuses what is no number.
    int scan(JsonCursor in) {
        int stop = scan(in.bytes, in.at);
        if (stop < 0) {
            in.at = ~stop;
            throw in.syntax(in.at == from ? "expected a value" : "a malformed number");
        }
        return stop;
    }

    /// Reads the number that begins at `start` and returns where it ends; the complement of where it stops being a number
    /// if it is none. The byte behind it must be readable.
    public int scan(byte[] source, int start) {
        bytes = source;
        from = start;
        int i = start;
        negative = source[i] == '-';
        if (negative) {
            i++;
        }
        int first = i;
        long value = 0;
        if (source[i] == '0') {
            i++;
            if (isDigit(source[i])) {
                return ~i;
            }
        } else {
            run = 0;
            i = readDigits(i);
            value = run;
            if (i == first) {
                return ~i;
            }
        }
        digits = i - first;
        exponent = 0;
        mantissa = value;
        more = false;
        byte next = source[i];
        integer = next != '.' && (next | ' ') != 'e';
        if (!integer) {
            i = scanRest(i);
        } else if (digits > MANTISSA_DIGITS) {
            rescan(i);
        }
        end = i;
        return i;
    }

    /// Appends the digits at `start` to [#run] and returns where they end.
    private int readDigits(int start) {
        int i = start;
        long value = run;
        while (i + Long.BYTES <= bytes.length) {
            long word = Swar.get(bytes, i);
            int count = Swar.digits(word);
            if (count < Long.BYTES) {
                if (count > 0) {
                    value = value * POWERS[count] + Swar.number(word, count);
                }
                run = value;
                return i + count;
            }
            value = value * 100_000_000 + Swar.number(word);
            i += Long.BYTES;
        }
        while (isDigit(bytes[i])) {
            value = value * 10 + (bytes[i++] - '0');
        }
        run = value;
        return i;
    }

    /// Fraction and exponent.
    private int scanRest(int start) {
        int i = start;
        if (bytes[i] == '.') {
            int first = ++i;
            run = mantissa;
            i = readDigits(i);
            if (i == first) {
                return ~i;
            }
            mantissa = run;
            digits += i - first;
            exponent = first - i;
        }
        int numberEnd = i;
        if ((bytes[i] | ' ') == 'e') {
            i++;
            boolean down = bytes[i] == '-';
            if (down || bytes[i] == '+') {
                i++;
            }
            int first = i;
            int power = 0;
            while (isDigit(bytes[i])) {
                power = Math.min(EXPONENT_LIMIT, power * 10 + (bytes[i++] - '0'));
            }
            if (i == first) {
                return ~i;
            }
            exponent += down ? -power : power;
        }
        if (digits > MANTISSA_DIGITS) {
            rescan(numberEnd);
        }
        return i;
    }

    /// More digits than a long has room for: leaves out leading zeros, then keeps the first 19.
    private void rescan(int stop) {
        digitsEnd = stop;
        int significant = 0;
        int dropped = 0;
        long value = 0;
        for (int i = negative ? from + 1 : from; i < stop; i++) {
            int digit = bytes[i] - '0';
            if (bytes[i] == '.' || (digit == 0 && significant == 0)) {
                continue;
            }
            significant++;
            if (significant <= MANTISSA_DIGITS) {
                value = value * 10 + digit;
            } else {
                dropped++;
                more |= digit != 0;
            }
        }
        mantissa = value;
        digits = significant;
        exponent += dropped;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// Whether it is written without fraction and exponent.
    public boolean isInteger() {
        return integer;
    }

    /// Whether it is a plain integer of so few digits that [#smallLong] is its value.
    boolean isSmall() {
        return integer && digits <= MANTISSA_DIGITS && mantissa >= 0;
    }

    long smallLong() {
        return negative ? -mantissa : mantissa;
    }

    /// The nearest double (IEEE 754 round to nearest, ties to even); infinite when it is too large.
    public double toDouble() {
        if (!more) {
            return FloatParser.toDouble(negative, mantissa, exponent, text);
        }
        double low = FloatParser.toDouble(negative, mantissa, exponent, text);
        double high = FloatParser.toDouble(negative, mantissa + 1, exponent, text);
        return low == high ? low : Double.parseDouble(text());
    }

    /// The nearest float: not the float nearest to the nearest double, which may be another one.
    float toFloat() {
        return Float.parseFloat(text());
    }

    /// Whether `value`, made of this number, prints the same number again.
    public boolean isHeldBy(double value) {
        if (Double.isInfinite(value)) {
            return false;
        }
        if (mantissa == 0) {
            return true;
        }
        if (value == 0 || !isSane()) {
            return false;
        }
        return digits <= TypeLattice.DOUBLE_DIGITS && Math.abs(value) >= Double.MIN_NORMAL
                || new BigDecimal(Double.toString(value)).compareTo(new BigDecimal(text())) == 0;
    }

    /// Whether it is short enough to be looked at as a BigDecimal.
    private boolean isSane() {
        return digits <= LONGEST_DOUBLE && Math.abs((long) exponent) <= LONGEST_DOUBLE;
    }

    /// The digits as exact conversion needs them; valid until the next scan.
    Significand significand() {
        if (!more) {
            significand.set(mantissa, exponent);
        } else {
            int first = negative ? from + 1 : from;
            significand.set(bytes, first, digitsEnd, exponent - (digits - MANTISSA_DIGITS));
        }
        return significand;
    }

    /// Whether its value is exactly a long; then [#toLong] is it.
    public boolean isLong() {
        if (isSmall()) {
            return true;
        }
        return significand().isDecimal(MANTISSA_DIGITS, 0) && exact().bitLength() < Long.SIZE;
    }

    long toLong() {
        return isSmall() ? smallLong() : exact().longValue();
    }

    private BigInteger exact() {
        BigInteger magnitude = significand().unscaled(0);
        return negative ? magnitude.negate() : magnitude;
    }

    /// Digits before the point that a decimal needs to hold it; 39 when none can.
    public int integerDigits() {
        return significand().integerDigits();
    }

    /// Digits after the point that a decimal needs to hold it; 39 when none can.
    public int scale() {
        return significand().scale();
    }

    boolean isNegative() {
        return negative;
    }

    /// As text, exactly as it stands there.
    public String text() {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
