package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.OutputBuffer;
import java.util.Arrays;

/// Decimals as `numeric`: digits to the base of 10,000, aligned at the decimal point (PostgreSQL,
/// src/backend/utils/adt/numeric.c,
/// numeric_recv). No object for a value. One thread.
final class NumericField implements CopyField {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int[] POWERS = {1, 10, 100, 1_000};
    private static final int NEGATIVE = 0x4000;
    private static final long LOW = 0xFFFF_FFFFL;
    /// 38 digits and up to three zeros that align them: 137 bits.
    private static final int LIMBS = 5;
    /// As many as 41 decimal digits take, and one.
    private static final int MOST_DIGITS = 12;
    /// Numbers below it can be aligned without leaving a long.
    private static final long SMALL = Long.MAX_VALUE / 1_000;

    private final int scale;
    private final int shift;
    private final int fractionDigits;
    /// The magnitude, lowest limb first.
    private final int[] limbs = new int[LIMBS];
    /// Lowest digit first.
    private final short[] digits = new short[MOST_DIGITS];

    /// @param scale of the column; values come without their point
    NumericField(int scale) {
        this.scale = scale;
        this.shift = (BASE_DIGITS - scale % BASE_DIGITS) % BASE_DIGITS;
        this.fractionDigits = (scale + shift) / BASE_DIGITS;
    }

    @Override
    public void write(Column column, int row, OutputBuffer out) {
        switch (column) {
            case LongColumn longs -> write(longs.get(row), out);
            case BytesColumn bytes -> write(bytes.data(), bytes.start(row), bytes.length(row), out);
            default -> throw new IllegalArgumentException("no decimals: " + column.type());
        }
    }

    private void write(long unscaled, OutputBuffer out) {
        long magnitude = Math.abs(unscaled);
        if (magnitude >= 0 && magnitude < SMALL) {
            int count = 0;
            for (long rest = magnitude * POWERS[shift]; rest != 0; rest /= BASE) {
                digits[count++] = (short) (rest % BASE);
            }
            put(count, unscaled < 0, out);
            return;
        }
        Arrays.fill(limbs, 0);
        limbs[0] = (int) magnitude;
        limbs[1] = (int) (magnitude >>> Integer.SIZE);
        putLimbs(unscaled < 0, out);
    }

    /// Two's complement, highest byte first.
    private void write(byte[] data, int from, int length, OutputBuffer out) {
        boolean negative = length > 0 && data[from] < 0;
        Arrays.fill(limbs, negative ? -1 : 0);
        for (int i = 0; i < length && i < LIMBS * Integer.BYTES; i++) {
            int at = i % Integer.BYTES * Byte.SIZE;
            int limb = i / Integer.BYTES;
            limbs[limb] = limbs[limb] & ~(0xFF << at) | (data[from + length - 1 - i] & 0xFF) << at;
        }
        if (negative) {
            long carry = 1;
            for (int i = 0; i < LIMBS; i++) {
                carry += ~limbs[i] & LOW;
                limbs[i] = (int) carry;
                carry >>>= Integer.SIZE;
            }
        }
        putLimbs(negative, out);
    }

    private void putLimbs(boolean negative, OutputBuffer out) {
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += (limbs[i] & LOW) * POWERS[shift];
            limbs[i] = (int) carry;
            carry >>>= Integer.SIZE;
        }
        int count = 0;
        int used = LIMBS;
        while (true) {
            while (used > 0 && limbs[used - 1] == 0) {
                used--;
            }
            if (used == 0) {
                break;
            }
            long rest = 0;
            for (int i = used - 1; i >= 0; i--) {
                long part = rest << Integer.SIZE | limbs[i] & LOW;
                limbs[i] = (int) (part / BASE);
                rest = part % BASE;
            }
            digits[count++] = (short) rest;
        }
        put(count, negative, out);
    }

    private void put(int count, boolean negative, OutputBuffer out) {
        int lowest = 0;
        while (lowest < count && digits[lowest] == 0) {
            lowest++;
        }
        int written = count - lowest;
        BigEndian.putInt(out, (4 + written) * Short.BYTES);
        BigEndian.putShort(out, written);
        BigEndian.putShort(out, written == 0 ? 0 : count - 1 - fractionDigits);
        BigEndian.putShort(out, negative && written > 0 ? NEGATIVE : 0);
        BigEndian.putShort(out, scale);
        for (int i = count - 1; i >= lowest; i--) {
            BigEndian.putShort(out, digits[i]);
        }
    }
}
