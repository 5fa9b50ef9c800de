package dev.wisent.columnar;

import dev.wisent.columnar.DataType.Decimal;
import dev.wisent.columnar.DataType.Int;
import dev.wisent.columnar.DataType.ListOf;
import dev.wisent.columnar.DataType.MapOf;
import dev.wisent.columnar.DataType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Which type holds the values of two: the one rule for inference, decoding and merging of schemas.
///
/// | of | common type |
/// |---|---|
/// | two integers | the wider |
/// | integer and decimal, two decimals | the decimal with room for both; `json` above 38 digits |
/// | float and integer of up to 32 bits, two floats | the float that holds both exactly |
/// | float and int64 | `json`: neither holds the other (inference looks at the digits and finds better) |
/// | float64 and decimal of up to 15 digits | float64: it gives those digits back; above: `json` |
/// | two of string, date, time, timestamp, timestamp_ntz, uuid, binary | `string`: all of them are text in JSON and CSV |
/// | two structs, lists, maps with equal keys | the same, of the common types inside |
/// | anything else | `json` |
public final class TypeLattice {
    /// Any decimal of so many digits comes back from a double unchanged (IEEE 754, DBL_DIG).
    public static final int DOUBLE_DIGITS = 15;
    /// Integers of up to 16 bits are exact in a float32, which has 24 bits of precision.
    private static final int MAX_BITS_IN_FLOAT32 = 16;

    private static final int MAX_BITS_IN_FLOAT64 = 32;

    private TypeLattice() {}

    /// The narrowest type that holds all values of `a` and of `b`.
    public static DataType common(DataType a, DataType b) {
        return common(a, b, Nullables.OF_EITHER);
    }

    private static DataType common(DataType a, DataType b, Nullables nullables) {
        if (a.equals(b)) {
            return a;
        }
        if (isText(a) && isText(b)) {
            return DataType.STRING;
        }
        return switch (a) {
            case Struct(List<Field> left)
            when b instanceof Struct(List<Field> right) -> new Struct(merge(left, right, nullables));
            case ListOf(DataType left)
            when b instanceof ListOf(DataType right) -> new ListOf(common(left, right, nullables));
            case MapOf(DataType key, DataType left)
            when b instanceof MapOf(DataType otherKey, DataType right) && key.equals(otherKey) ->
                new MapOf(key, common(left, right, nullables));
            default -> isNumber(a) && isNumber(b) ? commonNumber(a, b) : DataType.JSON;
        };
    }

    /// The schema that holds records of both: fields of `a` in their order, then the new ones of `b`. A field that one
    /// side lacks, or has as nullable, is nullable.
    public static Schema merge(Schema a, Schema b) {
        return Schema.of(merge(a.fields(), b.fields(), Nullables.OF_EITHER));
    }

    /// Like [#merge(Schema, Schema)], but `part` says only what it wants room for: required fields of `a` stay required.
    static Schema grow(Schema a, Schema part) {
        return Schema.of(merge(a.fields(), part.fields(), Nullables.OF_FIRST));
    }

    /// Which fields of a merge are nullable.
    private enum Nullables {
        OF_EITHER,
        OF_FIRST
    }

    /// Whether every value of `from` is the same value in `to`, so that what was written under `from` can be read as `to`.
    public static boolean widens(DataType from, DataType to) {
        if (from.equals(to)) {
            return true;
        }
        return switch (from) {
            case Int(int bits) ->
                switch (to) {
                    case Int(int wider) -> bits <= wider;
                    case Decimal(int p, int s) -> p - s >= digits(bits);
                    case DataType.Float(int width) -> bits <= (width == 32 ? MAX_BITS_IN_FLOAT32 : MAX_BITS_IN_FLOAT64);
                    default -> false;
                };
            case DataType.Float(int width) -> to instanceof DataType.Float(int wider) && width <= wider;
            case Decimal(int p, int s) -> to instanceof Decimal(int q, int t) && t >= s && q - t >= p - s;
            case Struct(List<Field> left) when to instanceof Struct(List<Field> right) -> widens(left, right);
            case ListOf(DataType left) when to instanceof ListOf(DataType right) -> widens(left, right);
            case MapOf(DataType key, DataType left)
            when to instanceof MapOf(DataType otherKey, DataType right) -> key.equals(otherKey) && widens(left, right);
            default -> false;
        };
    }

    /// Whether rows of `from` are rows of `to`: its fields come first, in their order, and the new ones are nullable.
    public static boolean widens(Schema from, Schema to) {
        return widens(from.fields(), to.fields());
    }

    private static boolean widens(List<Field> from, List<Field> to) {
        if (from.size() > to.size()) {
            return false;
        }
        for (int i = 0; i < to.size(); i++) {
            Field after = to.get(i);
            if (i >= from.size()) {
                if (!after.isNullable()) {
                    return false;
                }
                continue;
            }
            Field before = from.get(i);
            if (!before.name().equals(after.name())
                    || (before.isNullable() && !after.isNullable())
                    || !widens(before.type(), after.type())) {
                return false;
            }
        }
        return true;
    }

    private static List<Field> merge(List<Field> a, List<Field> b, Nullables nullables) {
        Schema left = Schema.of(a);
        Schema right = Schema.of(b);
        List<Field> merged = new ArrayList<>();
        for (Field field : a) {
            OptionalInt match = right.indexOf(field.name());
            boolean relaxed = match.isEmpty() || right.field(match.getAsInt()).isNullable();
            boolean nullable = field.isNullable() || (relaxed && nullables == Nullables.OF_EITHER);
            DataType type = match.isEmpty()
                    ? field.type()
                    : common(field.type(), right.field(match.getAsInt()).type(), nullables);
            Field kept = field.typed(type);
            merged.add(nullable ? kept.relaxed() : kept);
        }
        b.stream()
                .filter(f -> left.indexOf(f.name()).isEmpty())
                .map(Field::relaxed)
                .forEach(merged::add);
        return merged;
    }

    private static DataType commonNumber(DataType a, DataType b) {
        return switch (a) {
            case Int(int bits) ->
                switch (b) {
                    case Int(int other) -> new Int(Math.max(bits, other));
                    case Decimal(int p, int s) -> decimal(Math.max(digits(bits), p - s), s);
                    case DataType.Float(int width) -> {
                        int narrow = bits <= MAX_BITS_IN_FLOAT32 ? width : 64;
                        yield bits <= MAX_BITS_IN_FLOAT64 ? new DataType.Float(narrow) : DataType.JSON;
                    }
                    default -> DataType.JSON;
                };
            case Decimal(int p, int s) ->
                switch (b) {
                    case Decimal(int q, int t) -> decimal(Math.max(p - s, q - t), Math.max(s, t));
                    case DataType.Float f -> p <= DOUBLE_DIGITS ? DataType.FLOAT64 : DataType.JSON;
                    default -> commonNumber(b, a);
                };
            default -> b instanceof DataType.Float ? DataType.FLOAT64 : commonNumber(b, a);
        };
    }

    private static DataType decimal(int integerDigits, int scale) {
        int precision = Math.max(1, integerDigits + scale);
        return precision <= DataType.MAX_DECIMAL ? new Decimal(precision, scale) : DataType.JSON;
    }

    /// Decimal digits an integer of so many bits may need.
    private static int digits(int bits) {
        return switch (bits) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
        };
    }

    private static boolean isNumber(DataType type) {
        return type instanceof Int || type instanceof DataType.Float || type instanceof Decimal;
    }

    private static boolean isText(DataType type) {
        return switch (type) {
            case DataType.Text t -> true;
            case DataType.Date t -> true;
            case DataType.Time t -> true;
            case DataType.Timestamp t -> true;
            case DataType.TimestampNtz t -> true;
            case DataType.Uuid t -> true;
            case DataType.Binary t -> true;
            default -> false;
        };
    }
}
