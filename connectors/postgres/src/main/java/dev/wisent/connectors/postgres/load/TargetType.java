package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.DataType;
import dev.wisent.connectors.postgres.PostgresType;
import java.util.Map;
import org.postgresql.core.Oid;

/// What a column takes in COPY's binary format.
///
/// @param oid of the type: a domain's base type, `text` for an enum; 0: no form that is known here
/// @param precision of a numeric that has one, else 0; of an array that of its elements
/// @param scale of a numeric that has a precision
record TargetType(int oid, int precision, int scale) {
    private static final int JSONB_ARRAY = 3807;
    private static final int JSON_ARRAY = 199;
    /// A packed modifier is that much more than what it says.
    private static final int MODIFIER_BASE = 4;

    private static final Map<String, Integer> OIDS = Map.ofEntries(
            Map.entry("bool", Oid.BOOL),
            Map.entry("int2", Oid.INT2),
            Map.entry("int4", Oid.INT4),
            Map.entry("int8", Oid.INT8),
            Map.entry("float4", Oid.FLOAT4),
            Map.entry("float8", Oid.FLOAT8),
            Map.entry("numeric", Oid.NUMERIC),
            Map.entry("text", Oid.TEXT),
            Map.entry("varchar", Oid.VARCHAR),
            Map.entry("bytea", Oid.BYTEA),
            Map.entry("date", Oid.DATE),
            Map.entry("time", Oid.TIME),
            Map.entry("timestamp", Oid.TIMESTAMP),
            Map.entry("timestamptz", Oid.TIMESTAMPTZ),
            Map.entry("uuid", Oid.UUID),
            Map.entry("json", Oid.JSON),
            Map.entry("jsonb", Oid.JSONB));

    private static final Map<Integer, Integer> ARRAYS = Map.ofEntries(
            Map.entry(Oid.BOOL, Oid.BOOL_ARRAY),
            Map.entry(Oid.INT2, Oid.INT2_ARRAY),
            Map.entry(Oid.INT4, Oid.INT4_ARRAY),
            Map.entry(Oid.INT8, Oid.INT8_ARRAY),
            Map.entry(Oid.FLOAT4, Oid.FLOAT4_ARRAY),
            Map.entry(Oid.FLOAT8, Oid.FLOAT8_ARRAY),
            Map.entry(Oid.NUMERIC, Oid.NUMERIC_ARRAY),
            Map.entry(Oid.TEXT, Oid.TEXT_ARRAY),
            Map.entry(Oid.VARCHAR, Oid.VARCHAR_ARRAY),
            Map.entry(Oid.BYTEA, Oid.BYTEA_ARRAY),
            Map.entry(Oid.DATE, Oid.DATE_ARRAY),
            Map.entry(Oid.TIME, Oid.TIME_ARRAY),
            Map.entry(Oid.TIMESTAMP, Oid.TIMESTAMP_ARRAY),
            Map.entry(Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY),
            Map.entry(Oid.UUID, Oid.UUID_ARRAY),
            Map.entry(Oid.JSON, JSON_ARRAY),
            Map.entry(Oid.JSONB, JSONB_ARRAY));

    /// Of a column that is there.
    static TargetType of(PostgresType type) {
        int element = OIDS.getOrDefault(type.name(), Oid.UNSPECIFIED);
        boolean modified = element == Oid.NUMERIC && type.modifier() >= MODIFIER_BASE;
        int packed = type.modifier() - MODIFIER_BASE;
        int precision = modified ? packed >> 16 & 0xFFFF : 0;
        int scale = modified ? packed << 21 >> 21 : 0;
        return switch (type.kind()) {
            case PLAIN -> new TargetType(element, precision, scale);
            case ENUM -> new TargetType(Oid.TEXT, 0, 0);
            case ARRAY -> new TargetType(ARRAYS.getOrDefault(element, Oid.UNSPECIFIED), precision, scale);
            case COMPOSITE, MATRIX -> new TargetType(Oid.UNSPECIFIED, 0, 0);
        };
    }

    /// Of a column declared as [PostgresType#declared] says.
    static TargetType of(DataType type) {
        return switch (type) {
            case DataType.Bool() -> of(Oid.BOOL);
            case DataType.Int(int bits) when bits <= 16 -> of(Oid.INT2);
            case DataType.Int(int bits) when bits == 32 -> of(Oid.INT4);
            case DataType.Int(int bits) -> of(Oid.INT8);
            case DataType.Float(int bits) -> of(bits == 32 ? Oid.FLOAT4 : Oid.FLOAT8);
            case DataType.Decimal(int p, int s) -> new TargetType(Oid.NUMERIC, p, s);
            case DataType.Text() -> of(Oid.TEXT);
            case DataType.Binary() -> of(Oid.BYTEA);
            case DataType.Date() -> of(Oid.DATE);
            case DataType.Time() -> of(Oid.TIME);
            case DataType.Timestamp() -> of(Oid.TIMESTAMPTZ);
            case DataType.TimestampNtz() -> of(Oid.TIMESTAMP);
            case DataType.Uuid() -> of(Oid.UUID);
            case DataType.ListOf(DataType element)
            when !(element instanceof DataType.Struct
                    || element instanceof DataType.MapOf
                    || element instanceof DataType.ListOf) -> {
                TargetType of = of(element);
                yield new TargetType(ARRAYS.getOrDefault(of.oid, Oid.UNSPECIFIED), of.precision, of.scale);
            }
            default -> of(Oid.JSONB);
        };
    }

    private static TargetType of(int oid) {
        return new TargetType(oid, 0, 0);
    }

    /// The type of the elements of an array; its oid is 0: it is none.
    TargetType element() {
        int element = ARRAYS.entrySet().stream()
                .filter(entry -> entry.getValue() == oid)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Oid.UNSPECIFIED);
        return new TargetType(element, precision, scale);
    }
}
