package dev.wisent.connectors.postgres.load;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.JsonValueEncoder;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.connectors.postgres.Wire;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/// Which [CopyField] brings a Wisent type into a column of a PostgreSQL type, without changing a value. The forms are those of
/// the types' `recv` functions (PostgreSQL, src/backend/utils/adt).
final class CopyFields {
    /// Before the text of a jsonb.
    private static final int JSONB_VERSION = 1;

    private CopyFields() {}

    /// Empty: values of `type` could be changed, or refused, by a column of type `target`.
    static Optional<CopyField> of(DataType type, TargetType target) {
        return Optional.ofNullable(
                switch (target.oid()) {
                    case Oid.BOOL -> type instanceof DataType.Bool ? CopyFields::bool : null;
                    case Oid.INT2 -> isWhole(type) ? CopyFields::int2 : null;
                    case Oid.INT4 -> isWhole(type) ? CopyFields::int4 : null;
                    case Oid.INT8 -> isWhole(type) ? CopyFields::int8 : null;
                    case Oid.NUMERIC -> numeric(type, target);
                    case Oid.FLOAT4 ->
                        type instanceof DataType.Float(int bits) && bits == 32 ? CopyFields::float4 : null;
                    case Oid.FLOAT8 -> type instanceof DataType.Float ? CopyFields::float8 : null;
                    case Oid.TEXT, Oid.VARCHAR ->
                        type instanceof DataType.Text || type instanceof DataType.Json ? CopyFields::bytes : null;
                    case Oid.BYTEA -> type instanceof DataType.Binary ? CopyFields::bytes : null;
                    case Oid.UUID -> type instanceof DataType.Uuid ? CopyFields::bytes : null;
                    case Oid.DATE -> type instanceof DataType.Date ? CopyFields::date : null;
                    case Oid.TIME -> type instanceof DataType.Time ? CopyFields::int8 : null;
                    case Oid.TIMESTAMPTZ -> type instanceof DataType.Timestamp ? CopyFields::timestamp : null;
                    case Oid.TIMESTAMP -> type instanceof DataType.TimestampNtz ? CopyFields::timestamp : null;
                    case Oid.JSON, Oid.JSONB -> json(type, target.oid() == Oid.JSONB ? JSONB_VERSION : 0);
                    default -> array(type, target);
                });
    }

    private static boolean isWhole(DataType type) {
        return type instanceof DataType.Int;
    }

    private static void bool(Column column, int row, OutputBuffer out) {
        BigEndian.putInt(out, 1);
        out.put((int) ((LongColumn) column).get(row));
    }

    private static void int2(Column column, int row, OutputBuffer out) {
        long value = ((LongColumn) column).get(row);
        BigEndian.putInt(out, Short.BYTES);
        BigEndian.putShort(out, (int) fits(value, value == (short) value, "smallint"));
    }

    private static void int4(Column column, int row, OutputBuffer out) {
        long value = ((LongColumn) column).get(row);
        BigEndian.putIntField(out, (int) fits(value, value == (int) value, "integer"));
    }

    private static void int8(Column column, int row, OutputBuffer out) {
        BigEndian.putLongField(out, ((LongColumn) column).get(row));
    }

    private static void float4(Column column, int row, OutputBuffer out) {
        BigEndian.putIntField(out, Float.floatToRawIntBits((float) ((DoubleColumn) column).get(row)));
    }

    private static void float8(Column column, int row, OutputBuffer out) {
        BigEndian.putLongField(out, Double.doubleToRawLongBits(((DoubleColumn) column).get(row)));
    }

    private static void date(Column column, int row, OutputBuffer out) {
        long days = ((LongColumn) column).get(row) - Wire.EPOCH_DAYS;
        BigEndian.putIntField(out, (int) fits(days, days == (int) days, "date"));
    }

    private static void timestamp(Column column, int row, OutputBuffer out) {
        long micros = ((LongColumn) column).get(row);
        fits(micros, micros >= Long.MIN_VALUE + Wire.EPOCH_MICROS, "timestamp");
        BigEndian.putLongField(out, micros - Wire.EPOCH_MICROS);
    }

    private static long fits(long value, boolean fits, String type) {
        if (!fits) {
            throw WisentException.of(ErrorCode.TYPE_MISMATCH, value + " does not fit a column of type " + type)
                    .hint("widen the column (ALTER TABLE … ALTER COLUMN … TYPE bigint), or filter such rows out");
        }
        return value;
    }

    private static void bytes(Column column, int row, OutputBuffer out) {
        BytesColumn bytes = (BytesColumn) column;
        int length = bytes.length(row);
        BigEndian.putInt(out, length);
        out.put(bytes.data(), bytes.start(row), length);
    }

    private static @Nullable CopyField numeric(DataType type, TargetType target) {
        int precision = target.precision();
        return switch (type) {
            case DataType.Int(int bits)
            when precision == 0 || precision - target.scale() >= digits(bits) -> new NumericField(0);
            case DataType.Decimal(int p, int s)
            when precision == 0 || (target.scale() >= s && precision - target.scale() >= p - s) -> new NumericField(s);
            default -> null;
        };
    }

    /// Decimal digits an integer of so many bits may have.
    private static int digits(int bits) {
        return Long.toString(Long.MAX_VALUE >>> (Long.SIZE - bits)).length();
    }

    /// @param version written before the text; 0: none is
    private static @Nullable CopyField json(DataType type, int version) {
        return switch (type) {
            case DataType.Json json ->
                (column, row, out) -> {
                    BytesColumn bytes = (BytesColumn) column;
                    int length = bytes.length(row);
                    BigEndian.putInt(out, length + version);
                    if (version > 0) {
                        out.put(version);
                    }
                    out.put(bytes.data(), bytes.start(row), length);
                };
            case DataType.Struct struct -> nested(struct, version);
            case DataType.MapOf map -> nested(map, version);
            case DataType.ListOf list -> nested(list, version);
            default -> null;
        };
    }

    private static CopyField nested(DataType type, int version) {
        JsonValueEncoder encoder = new JsonValueEncoder(type);
        return (column, row, out) -> {
            int at = out.length();
            BigEndian.putInt(out, 0);
            if (version > 0) {
                out.put(version);
            }
            encoder.encode(column, row, out);
            BigEndian.setLength(out, at);
        };
    }

    private static @Nullable CopyField array(DataType type, TargetType target) {
        TargetType of = target.element();
        return of.oid() != Oid.UNSPECIFIED && type instanceof DataType.ListOf(DataType element)
                ? of(element, of).map(field -> array(field, of.oid())).orElse(null)
                : null;
    }

    /// array_recv: dimensions, whether there are nulls, the elements' type, each dimension's length and first index, fields.
    private static CopyField array(CopyField element, int oid) {
        return (column, row, out) -> {
            ListColumn list = (ListColumn) column;
            Column elements = list.elements();
            int from = list.start(row);
            int length = list.length(row);
            int at = out.length();
            BigEndian.putInt(out, 0);
            BigEndian.putInt(out, length == 0 ? 0 : 1);
            BigEndian.putInt(out, elements.isComplete() ? 0 : 1);
            BigEndian.putInt(out, oid);
            if (length > 0) {
                BigEndian.putInt(out, length);
                BigEndian.putInt(out, 1);
            }
            for (int i = from; i < from + length; i++) {
                if (elements.isNull(i)) {
                    BigEndian.putInt(out, CopyEncoder.NULL);
                } else {
                    element.write(elements, i, out);
                }
            }
            BigEndian.setLength(out, at);
        };
    }
}
