package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import dev.wisent.columnar.internal.Swar;

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
        long word = Swar.get(bytes, in.at);
        int digits = Swar.digits(word);
        if (digits == 0 || (first == '0' && digits > 1)) {
            return false;
        }
        int at = in.at + digits;
        long value = Swar.number(word, digits);
        if (digits == Long.BYTES) {
            for (int digit = bytes[at] - '0'; digit >= 0 && digit <= 9; digit = bytes[++at] - '0') {
                value = value * 10 + digit;
            }
        }
        byte next = bytes[at];
        if (at - in.at > NumberToken.LONG_DIGITS || next == '.' || (next | ' ') == 'e' || value > max) {
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
