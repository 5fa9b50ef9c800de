package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Converts one value at a time from a column of one type into a column of another, exactly or not at all. The pairs that
/// are common have code of their own; all others go through JSON ([JsonCast]).
interface Conversion {
    /// Above this a `double` no longer holds every integer.
    long EXACT_DOUBLE = 1L << 53;

    long EXACT_FLOAT = 1L << 24;
    /// So many digits always fit a `long`.
    int SAFE_DIGITS = 18;

    /// Appends row `row` of `from`, which has a value; says why when it does not fit, and appends nothing.
    Optional<String> convert(Column from, int row);

    /// What was appended.
    Column column();

    void clear();

    static Conversion of(String name, DataType from, DataType to) {
        return fast(name, from, to).orElseGet(() -> new ThroughJson(name, from, to));
    }

    private static Optional<Conversion> fast(String name, DataType from, DataType to) {
        Column out = Column.of(to);
        if (from instanceof DataType.Int && to instanceof DataType.Int(int bits)) {
            return Optional.of(new OfLong(out, new Misfit(name, to), value -> isOfBits(value, bits)));
        }
        if (from instanceof DataType.Int && to instanceof DataType.Float(int bits)) {
            return Optional.of(
                    new IntToFloat((DoubleColumn) out, new Misfit(name, to), bits == 64 ? EXACT_DOUBLE : EXACT_FLOAT));
        }
        if (to instanceof DataType.Text && !(from instanceof DataType.Json)) {
            return Optional.of(new ToText((BytesColumn) out, new OneValue(from)));
        }
        if (from instanceof DataType.Text && to instanceof DataType.Int(int bits)) {
            return Optional.of(new TextToNumber(
                    (LongColumn) out, 0, value -> isOfBits(value, bits), new ThroughJson(name, from, to)));
        }
        if (from instanceof DataType.Text
                && to instanceof DataType.Decimal(int precision, int scale)
                && precision <= SAFE_DIGITS) {
            long limit = powerOfTen(precision);
            return Optional.of(new TextToNumber(
                    (LongColumn) out,
                    scale,
                    value -> value > -limit && value < limit,
                    new ThroughJson(name, from, to)));
        }
        boolean clocks = from instanceof DataType.Timestamp && to instanceof DataType.TimestampNtz
                || from instanceof DataType.TimestampNtz && to instanceof DataType.Timestamp;
        if (clocks) {
            return Optional.of(new OfLong(out, new Misfit(name, to), value -> true));
        }
        if (from instanceof DataType.Decimal(int fromPrecision, int fromScale)
                && to instanceof DataType.Decimal(int precision, int scale)
                && fromPrecision <= SAFE_DIGITS
                && precision <= SAFE_DIGITS
                && scale >= fromScale) {
            return Optional.of(new Scaled(
                    (LongColumn) out,
                    new Misfit(name, to),
                    powerOfTen(scale - fromScale),
                    powerOfTen(precision - scale + fromScale)));
        }
        if (from instanceof DataType.Int
                && to instanceof DataType.Decimal(int precision, int scale)
                && precision <= SAFE_DIGITS) {
            return Optional.of(new Scaled(
                    (LongColumn) out, new Misfit(name, to), powerOfTen(scale), powerOfTen(precision - scale)));
        }
        return Optional.empty();
    }

    private static boolean isOfBits(long value, int bits) {
        return value == value << 64 - bits >> 64 - bits;
    }

    static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /// What is said of a value that does not fit, as decoders say it.
    record Misfit(String column, DataType to) {
        Optional<String> of(String value) {
            return Optional.of("column '" + column + "' is " + to.text() + " and can't hold " + value);
        }
    }

    /// Same number, smaller room; or the same number with another meaning.
    record OfLong(Column column, Misfit misfit, LongPredicate fits) implements Conversion {
        @Override
        public Optional<String> convert(Column from, int row) {
            long value = ((LongColumn) from).get(row);
            if (!fits.test(value)) {
                return misfit.of(Long.toString(value));
            }
            ((LongColumn) column).append(value);
            return Optional.empty();
        }

        @Override
        public void clear() {
            column.clear();
        }
    }

    /// An integer or decimal gets more decimal places: times `factor`.
    record Scaled(LongColumn column, Misfit misfit, long factor, long limit) implements Conversion {
        @Override
        public Optional<String> convert(Column from, int row) {
            long value = ((LongColumn) from).get(row);
            if (value >= limit || value <= -limit) {
                return misfit.of("a number of so many digits");
            }
            column.append(value * factor);
            return Optional.empty();
        }

        @Override
        public void clear() {
            column.clear();
        }
    }

    record IntToFloat(DoubleColumn column, Misfit misfit, long exact) implements Conversion {
        @Override
        public Optional<String> convert(Column from, int row) {
            long value = ((LongColumn) from).get(row);
            if (value > exact || value < -exact) {
                return misfit.of(Long.toString(value));
            }
            column.append(value);
            return Optional.empty();
        }

        @Override
        public void clear() {
            column.clear();
        }
    }

    /// Every value has a text: what it says in JSON. Not for `json`, whose strings may hold anything.
    record ToText(BytesColumn column, OneValue text) implements Conversion {
        @Override
        public Optional<String> convert(Column from, int row) {
            text.write(from, row);
            text.unquote();
            column.append(text.array(), text.from(), text.length());
            return Optional.empty();
        }

        @Override
        public void clear() {
            column.clear();
        }
    }

    /// Plain numbers at full speed, `1e3` and what is wrong by the general way.
    ///
    /// @param scale how many digits of a column's value are decimal places
    record TextToNumber(LongColumn column, int scale, LongPredicate fits, ThroughJson general) implements Conversion {
        private static final long[] POWERS = new long[SAFE_DIGITS + 1];

        static {
            Arrays.setAll(POWERS, Conversion::powerOfTen);
        }

        @Override
        public Optional<String> convert(Column from, int row) {
            BytesColumn text = (BytesColumn) from;
            byte[] data = text.data();
            int at = text.start(row);
            int end = at + text.length(row);
            boolean negative = at < end && data[at] == '-';
            int first = negative ? at + 1 : at;
            int i = first;
            long value = 0;
            while (i < end && isDigit(data[i])) {
                value = value * 10 + data[i++] - '0';
            }
            int whole = i - first;
            if (i < end && data[i] == '.') {
                i++;
                while (i < end && isDigit(data[i])) {
                    value = value * 10 + data[i++] - '0';
                }
            }
            int places = Math.max(0, i - first - whole - 1);
            boolean isNumber = i == end && whole > 0 && (whole == 1 || data[first] != '0') && data[end - 1] != '.';
            if (isNumber && places <= scale && whole + scale <= SAFE_DIGITS) {
                value *= negative ? -POWERS[scale - places] : POWERS[scale - places];
                if (fits.test(value)) {
                    column.append(value);
                    return Optional.empty();
                }
            }
            return generally(from, row);
        }

        private static boolean isDigit(byte b) {
            return b >= '0' && b <= '9';
        }

        private Optional<String> generally(Column from, int row) {
            general.clear();
            Optional<String> wrong = general.convert(from, row);
            if (wrong.isEmpty()) {
                column.appendFrom(general.column(), 0);
            }
            return wrong;
        }

        @Override
        public void clear() {
            column.clear();
        }
    }

    /// Every pair of types.
    final class ThroughJson implements Conversion {
        private final OneValue text;
        private final JsonCast cast;
        private final JsonCast.From kind;
        private final Column column;

        ThroughJson(String name, DataType from, DataType to) {
            this.text = new OneValue(from);
            this.cast = new JsonCast(name, to);
            this.kind = from instanceof DataType.Text ? JsonCast.From.TEXT : JsonCast.From.VALUE;
            this.column = Column.of(to);
        }

        @Override
        public Optional<String> convert(Column from, int row) {
            text.write(from, row);
            Optional<String> wrong = cast.convert(text.array(), text.from(), text.length(), kind);
            if (wrong.isEmpty()) {
                column.appendFrom(cast.column(), 0);
            }
            return wrong;
        }

        @Override
        public Column column() {
            return column;
        }

        @Override
        public void clear() {
            column.clear();
        }
    }
}
