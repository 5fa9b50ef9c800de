package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import java.math.BigInteger;

/// Decimals, exactly: a number, or a string that holds one, as money is often sent. What would need rounding does not fit.
final class DecimalReader extends ValueReader {
    private final int precision;
    private final int scale;
    private final boolean small;
    /// For bare text, which has no cursor.
    private final NumberToken number = new NumberToken();

    DecimalReader(Slot slot, Drift drift, Column column, int precision, int scale) {
        super(slot, drift, column);
        this.precision = precision;
        this.scale = scale;
        this.small = precision <= DataType.MAX_LONG_DECIMAL;
    }

    @Override
    void read(JsonCursor in) {
        int first = in.peek();
        int start = in.at;
        boolean done;
        if (first == '-' || (first >= '0' && first <= '9')) {
            in.at = in.number.scan(in);
            done = appended(in.number);
        } else if (first == '"') {
            in.string.read(in);
            done = readString(in.string);
        } else {
            done = false;
        }
        if (!done) {
            misfit(in, start);
        }
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        return number.scan(text, from) == from + length && appended(number);
    }

    /// The byte behind a string without escapes is its quote; behind one with escapes it has to be put there.
    private boolean readString(StringToken string) {
        string.terminate();
        return readText(string.bytes, string.from, string.length);
    }

    private boolean appended(NumberToken token) {
        Significand exact = token.significand();
        if (!exact.isDecimal(precision, scale)) {
            return false;
        }
        if (small) {
            long magnitude = exact.unscaledLong(scale);
            ((LongColumn) column()).append(token.isNegative() ? -magnitude : magnitude);
        } else {
            BigInteger magnitude = exact.unscaled(scale);
            ((BytesColumn) column()).append((token.isNegative() ? magnitude.negate() : magnitude).toByteArray());
        }
        return true;
    }
}
