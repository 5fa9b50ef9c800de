package dev.wisent.connectors.formats.parquet;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.typed.Decimals;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;

/// What takes the values of one column chunk.
final class LeafConverters {
    private LeafConverters() {}

    /// Turns a stored number into a column's.
    interface Numbers {
        long of(long stored);
    }

    /// Takes stored bytes.
    interface Values {
        void take(Bytes at);
    }

    /// A stretch of an array.
    record Bytes(byte[] bytes, int from, int length) {}

    static Converter bool(LongColumn column) {
        return new PrimitiveConverter() {
            @Override
            public void addBoolean(boolean value) {
                column.append(value ? 1 : 0);
            }
        };
    }

    static Converter longs(LongColumn column, Numbers numbers) {
        return new PrimitiveConverter() {
            @Override
            public void addInt(int value) {
                column.append(numbers.of(value));
            }

            @Override
            public void addLong(long value) {
                column.append(numbers.of(value));
            }
        };
    }

    static Converter unsigned(Column column, DataType.Decimal type) {
        return new PrimitiveConverter() {
            @Override
            public void addLong(long value) {
                Decimals.append(column, type, new BigInteger(Long.toUnsignedString(value)));
            }
        };
    }

    static Converter floating(Column column) {
        DoubleColumn doubles = (DoubleColumn) column;
        return new PrimitiveConverter() {
            @Override
            public void addFloat(float value) {
                doubles.append(value);
            }

            @Override
            public void addDouble(double value) {
                doubles.append(value);
            }
        };
    }

    /// IEEE 754 binary16, least significant byte first.
    static Converter half(Column column) {
        DoubleColumn doubles = (DoubleColumn) column;
        return bytes(at -> doubles.append(
                Float.float16ToFloat((short) (at.bytes()[at.from()] & 0xFF | at.bytes()[at.from() + 1] << 8))));
    }

    static Converter bytes(Values values) {
        return new PrimitiveConverter() {
            @Override
            public void addBinary(Binary value) {
                ByteBuffer buffer = value.toByteBuffer();
                Bytes at;
                if (buffer.hasArray()) {
                    at = new Bytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
                } else {
                    byte[] copy = value.getBytesUnsafe();
                    at = new Bytes(copy, 0, copy.length);
                }
                values.take(at);
            }
        };
    }
}
