package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.DataType;
import java.util.Map;
import org.postgresql.core.Oid;

/// A type a column of a table has, or will have.
///
/// @param sql as DDL names it
/// @param oid of the type whose binary form it takes: a domain's base type, `text` for an enum
/// @param precision of a numeric that has one, else 0
/// @param scale of a numeric that has a precision
record TargetType(String sql, int oid, int precision, int scale) {
    /// The arrays of the types that lists may hold.
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
            Map.entry(Oid.UUID, Oid.UUID_ARRAY));

    private static TargetType of(String sql, int oid) {
        return new TargetType(sql, oid, 0, 0);
    }

    /// What Wisent makes a column of `type`.
    static TargetType of(DataType type) {
        return switch (type) {
            case DataType.Bool() -> of("boolean", Oid.BOOL);
            case DataType.Int(int bits) when bits <= 16 -> of("smallint", Oid.INT2);
            case DataType.Int(int bits) when bits == 32 -> of("integer", Oid.INT4);
            case DataType.Int(int bits) -> of("bigint", Oid.INT8);
            case DataType.Float(int bits) when bits == 32 -> of("real", Oid.FLOAT4);
            case DataType.Float(int bits) -> of("double precision", Oid.FLOAT8);
            case DataType.Decimal(int p, int s) -> new TargetType("numeric(" + p + "," + s + ")", Oid.NUMERIC, p, s);
            case DataType.Text() -> of("text", Oid.TEXT);
            case DataType.Binary() -> of("bytea", Oid.BYTEA);
            case DataType.Date() -> of("date", Oid.DATE);
            case DataType.Time() -> of("time", Oid.TIME);
            case DataType.Timestamp() -> of("timestamp with time zone", Oid.TIMESTAMPTZ);
            case DataType.TimestampNtz() -> of("timestamp", Oid.TIMESTAMP);
            case DataType.Uuid() -> of("uuid", Oid.UUID);
            case DataType.ListOf(DataType element)
            when isPlain(element) -> {
                TargetType of = of(element);
                yield new TargetType(of.sql + "[]", array(of.oid), of.precision, of.scale);
            }
            default -> of("jsonb", Oid.JSONB);
        };
    }

    /// Whether lists of it are arrays: of one dimension, whose elements are no JSON.
    private static boolean isPlain(DataType element) {
        return ARRAYS.containsKey(of(element).oid);
    }

    /// The array type of `element`; 0: lists of it are JSON.
    static int array(int element) {
        return ARRAYS.getOrDefault(element, 0);
    }

    /// The type of the elements of an array; 0: it is none.
    static int element(int array) {
        return ARRAYS.entrySet().stream()
                .filter(entry -> entry.getValue() == array)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }
}
