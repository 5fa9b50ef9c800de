package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.DataType;
import java.math.BigInteger;

/// How the values of one of our types are stored.
///
/// @param length of FIXED_LEN_BYTE_ARRAY, else 0
record LeafType(DataType dataType, Physical physical, int length) {
    /// Decimals of up to so many digits are INT32, longer ones INT64.
    private static final int INT_DIGITS = 9;
    private static final int UUID_BYTES = 16;

    static LeafType of(DataType type) {
        return switch (type) {
            case DataType.Bool b -> of(type, Physical.BOOLEAN);
            case DataType.Int(int bits) -> of(type, bits == Long.SIZE ? Physical.INT64 : Physical.INT32);
            case DataType.Float(int bits) -> of(type, bits == Double.SIZE ? Physical.DOUBLE : Physical.FLOAT);
            case DataType.Decimal(int precision, int scale) -> decimal(type, precision);
            case DataType.Date d -> of(type, Physical.INT32);
            case DataType.Time t -> of(type, Physical.INT64);
            case DataType.Timestamp t -> of(type, Physical.INT64);
            case DataType.TimestampNtz t -> of(type, Physical.INT64);
            case DataType.Text t -> of(type, Physical.BYTE_ARRAY);
            case DataType.Json j -> of(type, Physical.BYTE_ARRAY);
            case DataType.Binary b -> of(type, Physical.BYTE_ARRAY);
            case DataType.Uuid u -> new LeafType(type, Physical.FIXED_LEN_BYTE_ARRAY, UUID_BYTES);
            case DataType.Struct s -> throw new IllegalArgumentException("no leaf: " + type.text());
            case DataType.ListOf l -> throw new IllegalArgumentException("no leaf: " + type.text());
            case DataType.MapOf m -> throw new IllegalArgumentException("no leaf: " + type.text());
        };
    }

    private static LeafType of(DataType type, Physical physical) {
        return new LeafType(type, physical, 0);
    }

    private static LeafType decimal(DataType type, int precision) {
        if (precision > DataType.MAX_LONG_DECIMAL) {
            int bits = BigInteger.TEN.pow(precision).bitLength() + 1;
            return new LeafType(type, Physical.FIXED_LEN_BYTE_ARRAY, (bits + Byte.SIZE - 1) / Byte.SIZE);
        }
        return of(type, precision <= INT_DIGITS ? Physical.INT32 : Physical.INT64);
    }
}
