package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Integers: any number whose value is one (`1.0`, `1e3`), within the range of the type.
final class IntReader extends ValueReader {
    private final LongColumn column;
    private final long min;
    private final long max;
    /// For bare text, which has no cursor.
    private final NumberToken number = new NumberToken();

    IntReader(Slot slot, Drift drift, LongColumn column, int bits) {
        super(slot, drift, column);
        this.column = column;
        this.min = -1L << bits - 1;
        this.max = ~min;
    }

    @Override
    void read(JsonCursor in) {
        int first = in.peek();
        int start = in.at;
        if (isPlain(in, first)) {
            return;
        }
        if (first != '-' && (first < '0' || first > '9')) {
            misfit(in, start);
            return;
        }
        in.at = in.number.scan(in);
        if (!appended(in.number)) {
            misfit(in, start);
        }
    }

    /// Reads a positive integer of few digits, as most are; false, with nothing done, when it is something else.
    private boolean isPlain(JsonCursor in, int first) {
        byte[] bytes = in.bytes;
        int at = in.at;
        int digit = first - '0';
        long value = 0;
        if (digit == 0) {
            return false;
        }
        while (digit >= 0 && digit <= 9) {
            value = value * 10 + digit;
            digit = bytes[++at] - '0';
        }
        int digits = at - in.at;
        byte next = bytes[at];
        if (digits == 0 || digits > NumberToken.LONG_DIGITS || next == '.' || (next | ' ') == 'e' || value > max) {
            return false;
        }
        column.append(value);
        in.at = at;
        return true;
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        return number.scan(text, from) == from + length && appended(number);
    }

    private boolean appended(NumberToken token) {
        if (token.isSmall()) {
            return appended(token.smallLong());
        }
        return token.isLong() && appended(token.toLong());
    }

    private boolean appended(long value) {
        if (value < min || value > max) {
            return false;
        }
        column.append(value);
        return true;
    }
}
