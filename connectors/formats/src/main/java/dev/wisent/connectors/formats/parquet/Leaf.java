package dev.wisent.connectors.formats.parquet;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.typed.Decimals;
import dev.wisent.connectors.typed.Texts;
import dev.wisent.connectors.typed.Unfit;
import java.util.function.Function;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/// The column a plain value becomes, and how. `docs/reference/formats.md` has the table.
record Leaf(DataType type, Function<Column, Converter> converter) {
    private static final int UUID_BYTES = 16;
    private static final int FLOAT16_BYTES = 2;
    /// `uint64` has up to 20 digits.
    private static final DataType.Decimal UNSIGNED_LONG = new DataType.Decimal(20, 0);

    private static final int MOST_INT_DIGITS = 9;

    Converter into(Column column) {
        return converter.apply(column);
    }

    static Leaf of(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new Leaf(DataType.BOOL, column -> LeafConverters.bool((LongColumn) column));
            case INT32 -> int32(type);
            case INT64 -> int64(type);
            case INT96 ->
                new Leaf(
                        DataType.TIMESTAMP,
                        column -> LeafConverters.bytes(at -> Int96.append((LongColumn) column, at)));
            case FLOAT -> new Leaf(DataType.FLOAT32, LeafConverters::floating);
            case DOUBLE -> new Leaf(DataType.FLOAT64, LeafConverters::floating);
            case BINARY -> binary(type);
            case FIXED_LEN_BYTE_ARRAY -> fixed(type);
        };
    }

    private static Leaf longs(DataType type, LeafConverters.Numbers numbers) {
        return new Leaf(type, column -> LeafConverters.longs((LongColumn) column, numbers));
    }

    private static Leaf int32(PrimitiveType type) {
        return switch (type.getLogicalTypeAnnotation()) {
            case null -> longs(DataType.INT32, value -> value);
            case IntLogicalTypeAnnotation of
            when of.isSigned() -> longs(new DataType.Int(of.getBitWidth()), value -> within(value, of.getBitWidth()));
            case IntLogicalTypeAnnotation of -> {
                long mask = (1L << of.getBitWidth()) - 1;
                yield longs(new DataType.Int(2 * of.getBitWidth()), value -> value & mask);
            }
            case LogicalTypeAnnotation.DateLogicalTypeAnnotation date -> longs(DataType.DATE, value -> value);
            case TimeLogicalTypeAnnotation time -> longs(DataType.TIME, value -> value * 1_000);
            case DecimalLogicalTypeAnnotation decimal
            when decimal.getPrecision() <= MOST_INT_DIGITS -> decimal(decimal);
            case LogicalTypeAnnotation other -> throw unfit(type, other);
        };
    }

    private static long within(long value, int bits) {
        if (value != value << Long.SIZE - bits >> Long.SIZE - bits) {
            throw new Unfit(value + " is no int" + bits);
        }
        return value;
    }

    private static Leaf int64(PrimitiveType type) {
        return switch (type.getLogicalTypeAnnotation()) {
            case null -> longs(DataType.INT64, value -> value);
            case IntLogicalTypeAnnotation of when of.isSigned() -> longs(DataType.INT64, value -> value);
            case IntLogicalTypeAnnotation of ->
                new Leaf(UNSIGNED_LONG, column -> LeafConverters.unsigned(column, UNSIGNED_LONG));
            case TimeLogicalTypeAnnotation time -> longs(DataType.TIME, micros(time.getUnit()));
            case TimestampLogicalTypeAnnotation at ->
                longs(at.isAdjustedToUTC() ? DataType.TIMESTAMP : DataType.TIMESTAMP_NTZ, micros(at.getUnit()));
            case DecimalLogicalTypeAnnotation decimal
            when decimal.getPrecision() <= DataType.MAX_LONG_DECIMAL -> decimal(decimal);
            case LogicalTypeAnnotation other -> throw unfit(type, other);
        };
    }

    private static Leaf decimal(DecimalLogicalTypeAnnotation decimal) {
        return longs(Decimals.type(decimal.getPrecision(), decimal.getScale()), value -> value);
    }

    /// Times are kept in microseconds. What is finer is not rounded.
    private static LeafConverters.Numbers micros(LogicalTypeAnnotation.TimeUnit unit) {
        return switch (unit) {
            case MILLIS ->
                value -> {
                    try {
                        return Math.multiplyExact(value, 1_000L);
                    } catch (ArithmeticException e) {
                        throw new Unfit(value + " milliseconds are too many for a column in microseconds");
                    }
                };
            case MICROS -> value -> value;
            case NANOS -> Int96::micros;
        };
    }

    private static Leaf binary(PrimitiveType type) {
        return switch (type.getLogicalTypeAnnotation()) {
            case null -> bytes(DataType.BINARY);
            case LogicalTypeAnnotation.StringLogicalTypeAnnotation text -> text(DataType.STRING);
            case LogicalTypeAnnotation.EnumLogicalTypeAnnotation text -> text(DataType.STRING);
            case LogicalTypeAnnotation.JsonLogicalTypeAnnotation json ->
                new Leaf(
                        DataType.JSON,
                        column -> LeafConverters.bytes(
                                at -> Texts.appendJson((BytesColumn) column, at.bytes(), at.from(), at.length())));
            case LogicalTypeAnnotation.BsonLogicalTypeAnnotation bson -> bytes(DataType.BINARY);
            case DecimalLogicalTypeAnnotation decimal -> longDecimal(decimal);
            case LogicalTypeAnnotation other -> throw unfit(type, other);
        };
    }

    private static Leaf text(DataType type) {
        return new Leaf(
                type,
                column -> LeafConverters.bytes(
                        at -> Texts.append((BytesColumn) column, at.bytes(), at.from(), at.length())));
    }

    private static Leaf bytes(DataType type) {
        return new Leaf(
                type,
                column ->
                        LeafConverters.bytes(at -> ((BytesColumn) column).append(at.bytes(), at.from(), at.length())));
    }

    private static Leaf longDecimal(DecimalLogicalTypeAnnotation annotation) {
        DataType.Decimal type = Decimals.type(annotation.getPrecision(), annotation.getScale());
        return new Leaf(
                type,
                column ->
                        LeafConverters.bytes(at -> Decimals.append(column, type, at.bytes(), at.from(), at.length())));
    }

    private static Leaf fixed(PrimitiveType type) {
        return switch (type.getLogicalTypeAnnotation()) {
            case null -> bytes(DataType.BINARY);
            case DecimalLogicalTypeAnnotation decimal -> longDecimal(decimal);
            case LogicalTypeAnnotation.UUIDLogicalTypeAnnotation uuid
            when type.getTypeLength() == UUID_BYTES -> bytes(DataType.UUID);
            case LogicalTypeAnnotation.Float16LogicalTypeAnnotation half
            when type.getTypeLength() == FLOAT16_BYTES -> new Leaf(DataType.FLOAT32, LeafConverters::half);
            case LogicalTypeAnnotation other -> throw unfit(type, other);
        };
    }

    private static Unfit unfit(PrimitiveType type, LogicalTypeAnnotation annotation) {
        return new Unfit("column '" + type.getName() + "' is " + type.getPrimitiveTypeName() + " as " + annotation
                + ", which no column holds");
    }
}
