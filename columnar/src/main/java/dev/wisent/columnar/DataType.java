package dev.wisent.columnar;

import java.util.List;
import java.util.stream.Collectors;

/// The closed set of column types. [#text] is the form used in configuration, manifests and messages; [TypeParser]
/// reads it back.
///
/// How a [Column] stores each type: integers, bool (0 or 1), date (days since 1970-01-01), time (µs since midnight),
/// timestamps (µs since
/// 1970-01-01T00:00Z; `timestamp_ntz`: of the local reading) and decimals up to 18 digits (unscaled) in a [LongColumn];
/// floats in a
/// [DoubleColumn]; string, json (both UTF-8), binary, uuid (16 bytes) and longer decimals (unscaled, two's complement,
/// big-endian) in a [BytesColumn].
public sealed interface DataType {
    /// The longest decimal a `long` holds for any digits.
    int MAX_LONG_DECIMAL = 18;
    /// The longest decimal supported at all, as in Parquet readers, Delta and DuckDB.
    int MAX_DECIMAL = 38;

    DataType BOOL = new Bool();
    DataType INT8 = new Int(8);
    DataType INT16 = new Int(16);
    DataType INT32 = new Int(32);
    DataType INT64 = new Int(64);
    DataType FLOAT32 = new Float(32);
    DataType FLOAT64 = new Float(64);
    DataType STRING = new Text();
    DataType BINARY = new Binary();
    DataType DATE = new Date();
    DataType TIME = new Time();
    DataType TIMESTAMP = new Timestamp();
    DataType TIMESTAMP_NTZ = new TimestampNtz();
    DataType UUID = new Uuid();
    DataType JSON = new Json();

    record Bool() implements DataType {}

    /// A signed integer of 8, 16, 32 or 64 bits.
    record Int(int bits) implements DataType {
        public Int {
            if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
                throw new IllegalArgumentException("no integer has " + bits + " bits");
            }
        }
    }

    /// An IEEE 754 number of 32 or 64 bits.
    record Float(int bits) implements DataType {
        public Float {
            if (bits != 32 && bits != 64) {
                throw new IllegalArgumentException("no float has " + bits + " bits");
            }
        }
    }

    record Decimal(int precision, int scale) implements DataType {
        public Decimal {
            if (precision < 1 || precision > MAX_DECIMAL || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(%d,%d): 1 <= precision <= %d, 0 <= scale <= precision"
                        .formatted(precision, scale, MAX_DECIMAL));
            }
        }
    }

    record Text() implements DataType {}

    record Binary() implements DataType {}

    record Date() implements DataType {}

    record Time() implements DataType {}

    /// An instant, in µs.
    record Timestamp() implements DataType {}

    /// A wall-clock reading without zone, in µs.
    record TimestampNtz() implements DataType {}

    record Uuid() implements DataType {}

    /// Any JSON value, kept as the text it arrived as.
    record Json() implements DataType {}

    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    record ListOf(DataType element) implements DataType {}

    record MapOf(DataType key, DataType value) implements DataType {}

    /// The type as configuration spells it: `int64`, `decimal(18,2)`, `list<string>`, `struct<a:int64,b:string>`,
    /// `map<string,json>`.
    default String text() {
        return switch (this) {
            case Bool() -> "bool";
            case Int(int bits) -> "int" + bits;
            case Float(int bits) -> "float" + bits;
            case Decimal(int p, int s) -> "decimal(" + p + "," + s + ")";
            case Text() -> "string";
            case Binary() -> "binary";
            case Date() -> "date";
            case Time() -> "time";
            case Timestamp() -> "timestamp";
            case TimestampNtz() -> "timestamp_ntz";
            case Uuid() -> "uuid";
            case Json() -> "json";
            case Struct(List<Field> fields) ->
                fields.stream()
                        .map(f -> quoted(f.name()) + ":" + f.type().text() + (f.isNullable() ? "" : " not null"))
                        .collect(Collectors.joining(",", "struct<", ">"));
            case ListOf(DataType element) -> "list<" + element.text() + ">";
            case MapOf(DataType key, DataType value) -> "map<" + key.text() + "," + value.text() + ">";
        };
    }

    /// A field name inside a type: in backticks, doubled inside, unless it is a plain word.
    private static String quoted(String name) {
        boolean plain = name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }
}
