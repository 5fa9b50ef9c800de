package dev.wisent.connectors.postgres;

import dev.wisent.columnar.DataType;
import java.util.Map;
import java.util.Optional;

/// A type of a column as the server has it, domains taken off, and the one place that says which type of Wisent it is.
/// `docs/reference/types.md` tells the same for people.
///
/// @param spelled as SQL spells it, for messages: `numeric(12,2)`, `text[]`
/// @param name in `pg_type`, of an array that of its elements: `numeric`, `text`
/// @param modifier length, precision and scale as the server packs them; -1 for none
public record PostgresType(String spelled, String name, int modifier, Kind kind) {
    public enum Kind {
        PLAIN,
        ENUM,
        COMPOSITE,
        /// Of one dimension, as far as its declaration tells.
        ARRAY,
        /// Declared with several dimensions.
        MATRIX
    }

    /// How a column gets from the server into a column of Wisent.
    ///
    /// @param cast what is put around the column in the SELECT list
    /// @param wire the binary form of what comes then; of a list that of its elements
    public record Reading(DataType type, Wire wire, Cast cast) {
        /// The reading that takes any value: its text.
        public static final Reading TEXT = new Reading(DataType.STRING, Wire.TEXT, Cast.TEXT);

        private static Reading as(DataType type, Wire wire) {
            return new Reading(type, wire, Cast.SAME);
        }
    }

    /// What a column is made in a SELECT list.
    public enum Cast {
        /// What it is: the form of the values stays the one that was planned, whatever becomes of the column meanwhile.
        SAME,
        TEXT,
        JSON
    }

    /// A packed modifier is that much more than what it says.
    private static final int MODIFIER_BASE = 4;

    private static final int SCALE_BITS = 11;

    private static final Map<String, Reading> READINGS = Map.ofEntries(
            Map.entry("bool", Reading.as(DataType.BOOL, Wire.BOOL)),
            Map.entry("int2", Reading.as(DataType.INT16, Wire.INT2)),
            Map.entry("int4", Reading.as(DataType.INT32, Wire.INT4)),
            Map.entry("int8", Reading.as(DataType.INT64, Wire.INT8)),
            Map.entry("oid", Reading.as(DataType.INT64, Wire.OID)),
            Map.entry("float4", Reading.as(DataType.FLOAT32, Wire.FLOAT4)),
            Map.entry("float8", Reading.as(DataType.FLOAT64, Wire.FLOAT8)),
            Map.entry("text", Reading.as(DataType.STRING, Wire.TEXT)),
            Map.entry("varchar", Reading.as(DataType.STRING, Wire.TEXT)),
            Map.entry("bpchar", Reading.as(DataType.STRING, Wire.TEXT)),
            Map.entry("name", Reading.as(DataType.STRING, Wire.TEXT)),
            Map.entry("bytea", Reading.as(DataType.BINARY, Wire.BYTEA)),
            Map.entry("uuid", Reading.as(DataType.UUID, Wire.UUID)),
            Map.entry("date", Reading.as(DataType.DATE, Wire.DATE)),
            Map.entry("time", Reading.as(DataType.TIME, Wire.TIME)),
            Map.entry("timestamp", Reading.as(DataType.TIMESTAMP_NTZ, Wire.TIMESTAMP)),
            Map.entry("timestamptz", Reading.as(DataType.TIMESTAMP, Wire.TIMESTAMPTZ)),
            Map.entry("json", Reading.as(DataType.JSON, Wire.JSON)),
            Map.entry("jsonb", Reading.as(DataType.JSON, Wire.JSONB)));

    /// The type that holds every value of the column, or its text where none does: `numeric` without precision or with more
    /// than 38 digits, `interval`, `timetz`, `money`, `inet`, `bit`, ranges, geometry, and whatever else the server knows.
    public Reading reading() {
        return switch (kind) {
            case ENUM -> Reading.TEXT;
            case COMPOSITE, MATRIX -> new Reading(DataType.JSON, Wire.JSON, Cast.JSON);
            case PLAIN -> plain().orElse(Reading.TEXT);
            case ARRAY ->
                plain().map(element -> new Reading(new DataType.ListOf(element.type()), element.wire(), element.cast()))
                        .orElse(new Reading(new DataType.ListOf(DataType.STRING), Wire.TEXT, Cast.TEXT));
        };
    }

    private Optional<Reading> plain() {
        return name.equals("numeric")
                ? decimal().map(type -> Reading.as(type, Wire.NUMERIC))
                : Optional.ofNullable(READINGS.get(name));
    }

    /// The SELECT list's expression for `column` read as `reading`, one of this type's or [Reading#TEXT].
    ///
    /// @param column quoted
    public String expression(String column, Reading reading) {
        String array = reading.type() instanceof DataType.ListOf ? "[]" : "";
        return switch (reading.cast()) {
            case SAME -> column + "::pg_catalog." + name + array;
            case TEXT -> column + "::pg_catalog.text" + array;
            case JSON -> "pg_catalog.to_json(" + column + ")";
        };
    }

    /// What `numeric(p,s)` is. A negative scale has zeros before the point, a scale above the precision has them behind it.
    private Optional<DataType> decimal() {
        if (modifier < MODIFIER_BASE) {
            return Optional.empty();
        }
        int packed = modifier - MODIFIER_BASE;
        int digits = packed >> 16 & 0xFFFF;
        int signBits = Integer.SIZE - SCALE_BITS;
        int scale = packed << signBits >> signBits;
        int precision = scale < 0 ? digits - scale : Math.max(digits, scale);
        return precision > DataType.MAX_DECIMAL
                ? Optional.empty()
                : Optional.of(new DataType.Decimal(precision, Math.max(scale, 0)));
    }

    /// The modifier of `numeric(precision,scale)`.
    public static int numericModifier(int precision, int scale) {
        return (precision << 16 | scale & (1 << SCALE_BITS) - 1) + MODIFIER_BASE;
    }

    /// What a column of `type` is declared as in a table that Wisent makes. Reading it back gives the same type, but for
    /// `int8` (a `smallint`), and structs, maps and lists of such (JSON).
    public static String declared(DataType type) {
        return switch (type) {
            case DataType.Bool() -> "boolean";
            case DataType.Int(int bits) when bits <= 16 -> "smallint";
            case DataType.Int(int bits) when bits == 32 -> "integer";
            case DataType.Int(int bits) -> "bigint";
            case DataType.Float(int bits) -> bits == 32 ? "real" : "double precision";
            case DataType.Decimal(int p, int s) -> "numeric(" + p + "," + s + ")";
            case DataType.Text() -> "text";
            case DataType.Binary() -> "bytea";
            case DataType.Date() -> "date";
            case DataType.Time() -> "time";
            case DataType.Timestamp() -> "timestamp with time zone";
            case DataType.TimestampNtz() -> "timestamp without time zone";
            case DataType.Uuid() -> "uuid";
            case DataType.Json() -> "jsonb";
            case DataType.Struct struct -> "jsonb";
            case DataType.MapOf map -> "jsonb";
            case DataType.ListOf(DataType element) -> isNested(element) ? "jsonb" : declared(element) + "[]";
        };
    }

    private static boolean isNested(DataType type) {
        return type instanceof DataType.Struct || type instanceof DataType.MapOf || type instanceof DataType.ListOf;
    }
}
