package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.Civil;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import java.util.Locale;

/// Timestamps of a column that says the unit of its numbers: a number, a string that holds one, or RFC 3339. Exactly: what is
/// finer than a microsecond, or outside the years 0001 to 9999, does not fit.
final class EpochReader extends ValueReader {
    private static final long FIRST = Civil.FIRST_DAY * Civil.MICROS_PER_DAY;
    private static final long LAST = (Civil.LAST_DAY + 1) * Civil.MICROS_PER_DAY - 1;
    /// More than [#FIRST] and [#LAST] have.
    private static final int DIGITS = NumberToken.LONG_DIGITS;

    private final LongColumn column;
    private final String unit;
    private final int scale;
    /// µs in one of the unit, and how many of the unit make a µs: one of them is 1.
    private final long micros;

    private final long perMicro;
    private final long first;
    private final long last;
    /// For bare text, which has no cursor.
    private final NumberToken number = new NumberToken();

    EpochReader(Slot slot, Drift drift, LongColumn column, ValueForm.Unit unit) {
        super(slot, drift, column);
        this.column = column;
        this.unit = unit.name().toLowerCase(Locale.ROOT);
        this.scale = unit.scale();
        this.micros = scale > 0 ? NumberToken.POWERS[scale] : 1;
        this.perMicro = scale < 0 ? NumberToken.POWERS[-scale] : 1;
        this.first = scale < 0 ? Long.MIN_VALUE : FIRST / micros;
        this.last = scale < 0 ? Long.MAX_VALUE : LAST / micros;
    }

    @Override
    void read(JsonCursor in) {
        int head = in.peek();
        int start = in.at;
        boolean done;
        if (head == '-' || (head >= '0' && head <= '9')) {
            in.at = in.number.scan(in);
            done = appended(in.number);
        } else if (head == '"') {
            in.string.read(in);
            in.string.terminate();
            done = readText(in.string.bytes, in.string.from, in.string.length);
        } else {
            done = false;
        }
        if (!done) {
            misfit(in, start);
        }
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        return number.scan(text, from) == from + length
                ? appended(number)
                : StringForm.TIMESTAMP.append(column, text, from, length);
    }

    private boolean appended(NumberToken token) {
        if (token.isSmall()) {
            long value = token.smallLong();
            if (value < first || value > last || value % perMicro != 0) {
                return false;
            }
            column.append(value * micros / perMicro);
            return true;
        }
        Significand exact = token.significand();
        if (!exact.isDecimal(DIGITS, scale)) {
            return false;
        }
        long magnitude = exact.unscaledLong(scale);
        long value = token.isNegative() ? -magnitude : magnitude;
        if (value < FIRST || value > LAST) {
            return false;
        }
        column.append(value);
        return true;
    }

    @Override
    String typeText() {
        return super.typeText() + " (unit " + unit + ")";
    }
}
