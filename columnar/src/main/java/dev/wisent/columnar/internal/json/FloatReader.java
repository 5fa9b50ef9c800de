package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The nearest float to any number that is not too large, and in quotes the three values JSON has no number for: `NaN`,
/// `Infinity`, `-Infinity`, as the encoders write them.
final class FloatReader extends ValueReader {
    private static final int FLOAT_BITS = 32;
    /// The bits of a double that a float drops, and the value they have halfway between two floats: rounding twice can go
    /// wrong only there.
    private static final long DROPPED = (1L << 29) - 1;

    private static final long HALFWAY = 1L << 28;

    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MINUS_INFINITY = "-Infinity".getBytes(StandardCharsets.US_ASCII);

    private final DoubleColumn column;
    private final boolean narrow;
    /// For bare text, which has no cursor.
    private final NumberToken number = new NumberToken();

    FloatReader(Slot slot, Drift drift, DoubleColumn column, int bits) {
        super(slot, drift, column);
        this.column = column;
        this.narrow = bits == FLOAT_BITS;
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
            done = appendedWord(in.string.bytes, in.string.from, in.string.length);
        } else {
            done = false;
        }
        if (!done) {
            misfit(in, start);
        }
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        if (number.scan(text, from) == from + length) {
            return appended(number);
        }
        return appendedWord(text, from, length);
    }

    private boolean appended(NumberToken token) {
        double value = token.toDouble();
        if (narrow) {
            boolean unsafe =
                    (Double.doubleToRawLongBits(value) & DROPPED) == HALFWAY || Math.abs(value) < Float.MIN_NORMAL;
            value = unsafe ? token.toFloat() : (float) value;
        }
        if (Double.isInfinite(value)) {
            return false;
        }
        column.append(value);
        return true;
    }

    private boolean appendedWord(byte[] text, int from, int length) {
        if (is(NAN, text, from, length)) {
            column.append(Double.NaN);
        } else if (is(INFINITY, text, from, length)) {
            column.append(Double.POSITIVE_INFINITY);
        } else if (is(MINUS_INFINITY, text, from, length)) {
            column.append(Double.NEGATIVE_INFINITY);
        } else {
            return false;
        }
        return true;
    }

    private static boolean is(byte[] word, byte[] text, int from, int length) {
        return Arrays.equals(word, 0, word.length, text, from, from + length);
    }
}
