package dev.wisent.columnar.internal.infer;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.internal.json.NumberToken;

/// Which type holds all numbers of one place without losing a digit.
final class NumberShape {
    private boolean longs = true;
    private boolean integers = true;
    private boolean doubles = true;
    private int integerDigits = 1;
    private int scale;

    void add(NumberToken number) {
        if (!number.isInteger()) {
            integers = false;
        }
        longs &= number.isLong();
        doubles &= number.isHeldBy(number.toDouble());
        integerDigits = Math.max(integerDigits, number.integerDigits());
        scale = Math.max(scale, number.scale());
    }

    /// int64 for integers that fit; else float64 if doubles hold all of them; else a decimal of up to 38 digits; else json.
    DataType type() {
        if (integers && longs) {
            return DataType.INT64;
        }
        if (!integers && doubles) {
            return DataType.FLOAT64;
        }
        return integerDigits + scale <= DataType.MAX_DECIMAL
                ? new DataType.Decimal(integerDigits + scale, scale)
                : DataType.JSON;
    }
}
