package dev.wisent.connectors.postgres.read;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.postgres.Wire;

/// Puts one field of a tuple, which is not null, into its column. One thread.
@FunctionalInterface
interface FieldReader {
    long MICROS_A_DAY = 86_400_000_000L;

    /// @throws BadValue with nothing, or half a list, appended
    void read(byte[] data, int at, int length, Column column);

    static FieldReader of(ReadColumn column) {
        return column.type() instanceof DataType.ListOf(DataType element)
                ? new ListReader(plain(column.wire(), element))
                : plain(column.wire(), column.type());
    }

    private static FieldReader plain(Wire wire, DataType type) {
        return switch (wire) {
            case BOOL ->
                (data, at, length, column) -> {
                    expect(length, Byte.BYTES);
                    ((LongColumn) column).append(data[at]);
                };
            case INT2 ->
                (data, at, length, column) -> {
                    expect(length, Short.BYTES);
                    ((LongColumn) column).append(BigEndian.shortAt(data, at));
                };
            case INT4 ->
                (data, at, length, column) -> {
                    expect(length, Integer.BYTES);
                    ((LongColumn) column).append(BigEndian.intAt(data, at));
                };
            case OID ->
                (data, at, length, column) -> {
                    expect(length, Integer.BYTES);
                    ((LongColumn) column).append(Integer.toUnsignedLong(BigEndian.intAt(data, at)));
                };
            case INT8 ->
                (data, at, length, column) -> {
                    expect(length, Long.BYTES);
                    ((LongColumn) column).append(BigEndian.longAt(data, at));
                };
            case FLOAT4 ->
                (data, at, length, column) -> {
                    expect(length, Float.BYTES);
                    ((DoubleColumn) column).append(Float.intBitsToFloat(BigEndian.intAt(data, at)));
                };
            case FLOAT8 ->
                (data, at, length, column) -> {
                    expect(length, Double.BYTES);
                    ((DoubleColumn) column).append(Double.longBitsToDouble(BigEndian.longAt(data, at)));
                };
            case NUMERIC -> new NumericReader((DataType.Decimal) type);
            case TEXT, BYTEA, JSON -> (data, at, length, column) -> ((BytesColumn) column).append(data, at, length);
            case JSONB ->
                (data, at, length, column) -> {
                    if (length == 0 || data[at] != 1) {
                        throw new BadValue("is jsonb of a version that is not known");
                    }
                    ((BytesColumn) column).append(data, at + 1, length - 1);
                };
            case UUID ->
                (data, at, length, column) -> {
                    expect(length, 2 * Long.BYTES);
                    ((BytesColumn) column).append(data, at, length);
                };
            case DATE ->
                (data, at, length, column) -> {
                    expect(length, Integer.BYTES);
                    ((LongColumn) column).append(days(BigEndian.intAt(data, at)));
                };
            case TIME ->
                (data, at, length, column) -> {
                    expect(length, Long.BYTES);
                    long micros = BigEndian.longAt(data, at);
                    if (micros >= MICROS_A_DAY) {
                        throw new BadValue("is 24:00:00, which is no time of a day");
                    }
                    ((LongColumn) column).append(micros);
                };
            case TIMESTAMP, TIMESTAMPTZ ->
                (data, at, length, column) -> {
                    expect(length, Long.BYTES);
                    ((LongColumn) column).append(micros(BigEndian.longAt(data, at)));
                };
        };
    }

    private static void expect(int length, int bytes) {
        if (length != bytes) {
            throw new IllegalStateException("the server sent " + length + " bytes where " + bytes + " were expected");
        }
    }

    private static long days(int since2000) {
        if (since2000 == Integer.MAX_VALUE || since2000 == Integer.MIN_VALUE) {
            throw new BadValue(since2000 < 0 ? "is -infinity" : "is infinity");
        }
        return (long) since2000 + Wire.EPOCH_DAYS;
    }

    private static long micros(long since2000) {
        if (since2000 == Long.MAX_VALUE || since2000 == Long.MIN_VALUE) {
            throw new BadValue(since2000 < 0 ? "is -infinity" : "is infinity");
        }
        if (since2000 > Long.MAX_VALUE - Wire.EPOCH_MICROS) {
            throw new BadValue("is later than the last moment there is, in the year 294247");
        }
        return since2000 + Wire.EPOCH_MICROS;
    }

    /// An array of one dimension that counts from 1 (`array_send`).
    record ListReader(FieldReader element) implements FieldReader {
        private static final int SIZE_AT = 12;
        private static final int LOWER_BOUND_AT = 16;
        private static final int HEADER = 20;

        @Override
        public void read(byte[] data, int at, int length, Column column) {
            ListColumn list = (ListColumn) column;
            int dimensions = BigEndian.intAt(data, at);
            if (dimensions > 1) {
                throw new BadValue("is an array of " + dimensions + " dimensions");
            }
            if (dimensions == 1) {
                if (BigEndian.intAt(data, at + LOWER_BOUND_AT) != 1) {
                    throw new BadValue(
                            "is an array that begins at index " + BigEndian.intAt(data, at + LOWER_BOUND_AT));
                }
                int place = at + HEADER;
                for (int left = BigEndian.intAt(data, at + SIZE_AT); left > 0; left--) {
                    int bytes = BigEndian.intAt(data, place);
                    place += Integer.BYTES;
                    if (bytes < 0) {
                        list.elements().appendNull();
                    } else {
                        element.read(data, place, bytes, list.elements());
                        place += bytes;
                    }
                }
            }
            list.endRow();
        }
    }
}
