package dev.wisent.connectors.postgres.read;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import java.math.BigDecimal;
import java.math.BigInteger;

/// `numeric` into a decimal: groups of four digits, the first of which is worth 10,000 to the power of the weight
/// (`numeric_send` in PostgreSQL's numeric.c). Up to 18 digits no object is made.
record NumericReader(int precision, int scale, long limit) implements FieldReader {
    private static final int WEIGHT_AT = 2;
    private static final int SIGN_AT = 4;
    private static final int SCALE_AT = 6;
    private static final int HEADER = 8;
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int GROUP = 10_000;
    private static final int GROUP_DIGITS = 4;
    private static final long[] POWERS = new long[DataType.MAX_LONG_DECIMAL + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    NumericReader(DataType.Decimal type) {
        this(
                type.precision(),
                type.scale(),
                type.precision() <= DataType.MAX_LONG_DECIMAL ? POWERS[type.precision()] : 0);
    }

    @Override
    public void read(byte[] data, int at, int length, Column column) {
        if (limit > 0) {
            ((LongColumn) column).append(small(data, at));
        } else {
            ((BytesColumn) column).append(large(data, at).toByteArray());
        }
    }

    private long small(byte[] data, int at) {
        int groups = BigEndian.shortAt(data, at);
        int sign = sign(data, at);
        if (groups == 0) {
            return 0;
        }
        // how often the last group is worth one unit, as a power of ten; a group that is 0 is never the last one
        int exponent = exponent(data, at, groups);
        int last = BigEndian.shortAt(data, at + HEADER + 2 * (groups - 1));
        if (exponent <= -GROUP_DIGITS || (exponent < 0 && last % POWERS[-exponent] != 0)) {
            throw tooFine();
        }
        try {
            long value = 0;
            for (int i = 0; i < groups - 1; i++) {
                value = Math.addExact(Math.multiplyExact(value, GROUP), BigEndian.shortAt(data, at + HEADER + 2 * i));
            }
            if (exponent < 0) {
                value = Math.addExact(
                        Math.multiplyExact(value, POWERS[GROUP_DIGITS + exponent]), last / POWERS[-exponent]);
            } else {
                value = Math.addExact(Math.multiplyExact(value, GROUP), last);
                value = exponent < POWERS.length ? Math.multiplyExact(value, POWERS[exponent]) : limit;
            }
            if (value >= limit) {
                throw tooLarge();
            }
            return sign == NEGATIVE ? -value : value;
        } catch (ArithmeticException overflow) {
            throw tooLarge();
        }
    }

    private BigInteger large(byte[] data, int at) {
        sign(data, at);
        BigDecimal value = value(data, at);
        try {
            BigInteger unscaled = value.setScale(scale).unscaledValue();
            if (new BigDecimal(unscaled).precision() > precision) {
                throw tooLarge();
            }
            return unscaled;
        } catch (ArithmeticException finer) {
            throw tooFine();
        }
    }

    private int exponent(byte[] data, int at, int groups) {
        return GROUP_DIGITS * (BigEndian.shortAt(data, at + WEIGHT_AT) - (groups - 1)) + scale;
    }

    private static int sign(byte[] data, int at) {
        int sign = BigEndian.shortAt(data, at + SIGN_AT) & 0xFFFF;
        if (sign != POSITIVE && sign != NEGATIVE) {
            throw new BadValue(sign == NAN ? "is NaN" : "is infinite");
        }
        return sign;
    }

    /// The value, which is a number, with the scale the server shows it with.
    static BigDecimal value(byte[] data, int at) {
        int groups = BigEndian.shortAt(data, at);
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            digits = digits.multiply(BigInteger.valueOf(GROUP))
                    .add(BigInteger.valueOf(BigEndian.shortAt(data, at + HEADER + 2 * i)));
        }
        int scaleOfDigits = -GROUP_DIGITS * (BigEndian.shortAt(data, at + WEIGHT_AT) - (groups - 1));
        BigDecimal value = groups == 0 ? BigDecimal.ZERO : new BigDecimal(digits, scaleOfDigits);
        boolean negative = (BigEndian.shortAt(data, at + SIGN_AT) & 0xFFFF) == NEGATIVE;
        return (negative ? value.negate() : value).setScale(BigEndian.shortAt(data, at + SCALE_AT));
    }

    /// The value as text, also where it is no number.
    static String text(byte[] data, int at) {
        int sign = BigEndian.shortAt(data, at + SIGN_AT) & 0xFFFF;
        if (sign == POSITIVE || sign == NEGATIVE) {
            return value(data, at).toPlainString();
        }
        return switch (sign) {
            case NAN -> "NaN";
            case 0xD000 -> "Infinity";
            default -> "-Infinity";
        };
    }

    private BadValue tooFine() {
        return new BadValue("has more than " + scale + " digits after the point");
    }

    private BadValue tooLarge() {
        return new BadValue("has more than " + precision + " digits");
    }
}
