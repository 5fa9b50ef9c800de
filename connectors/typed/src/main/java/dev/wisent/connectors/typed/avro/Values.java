package dev.wisent.connectors.typed.avro;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.typed.Decimals;
import dev.wisent.connectors.typed.Texts;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/// Reads the values of one type. `docs/reference/formats.md` has the table. One thread.
///
/// @param type of the column they go to
public record Values(DataType type, Reading reading) {
    private static final int UUID_BYTES = 16;
    private static final int NANOS_PER_MICRO = 1_000;

    /// Appends one value.
    public interface Reading {
        void into(Column column, AvroInput in) throws IOException;
    }

    /// Turns a stored number into a column's.
    private interface Numbers {
        long of(long stored);
    }

    public void read(AvroInput in, Column column) throws IOException {
        reading.into(column, in);
    }

    /// @throws Unfit if no column holds values of `schema`
    public static Values of(Schema schema) {
        return of(schema, List.of());
    }

    /// @param around the names of the records the type lies in
    static Values of(Schema schema, List<String> around) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case NULL -> new Values(DataType.JSON, (column, in) -> column.appendNull());
            case BOOLEAN ->
                new Values(
                        DataType.BOOL,
                        (column, in) ->
                                ((LongColumn) column).append(in.decoder().readBoolean() ? 1 : 0));
            case INT -> integer(logical);
            case LONG -> whole(logical);
            case FLOAT ->
                new Values(
                        DataType.FLOAT32,
                        (column, in) ->
                                ((DoubleColumn) column).append(in.decoder().readFloat()));
            case DOUBLE ->
                new Values(
                        DataType.FLOAT64,
                        (column, in) ->
                                ((DoubleColumn) column).append(in.decoder().readDouble()));
            case BYTES -> bytes(logical, AvroInput::bytes);
            case FIXED -> fixed(schema, logical);
            case STRING -> logical instanceof LogicalTypes.Uuid ? uuidText() : text();
            case ENUM -> symbols(schema.getEnumSymbols());
            case RECORD -> Nested.struct(schema, around);
            case ARRAY -> Nested.list(schema, around);
            case MAP -> Nested.map(schema, around);
            case UNION -> Union.of(schema, around);
        };
    }

    private static Values ints(DataType type, Numbers numbers) {
        return new Values(
                type,
                (column, in) ->
                        ((LongColumn) column).append(numbers.of(in.decoder().readInt())));
    }

    private static Values longs(DataType type, Numbers numbers) {
        return new Values(
                type,
                (column, in) ->
                        ((LongColumn) column).append(numbers.of(in.decoder().readLong())));
    }

    private static Values integer(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.Date date -> ints(DataType.DATE, value -> value);
            case LogicalTypes.TimeMillis time -> ints(DataType.TIME, Values::fromMillis);
            case null, default -> ints(DataType.INT32, value -> value);
        };
    }

    private static Values whole(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.TimeMicros time -> longs(DataType.TIME, value -> value);
            case LogicalTypes.TimestampMillis at -> longs(DataType.TIMESTAMP, Values::fromMillis);
            case LogicalTypes.TimestampMicros at -> longs(DataType.TIMESTAMP, value -> value);
            case LogicalTypes.TimestampNanos at -> longs(DataType.TIMESTAMP, Values::fromNanos);
            case LogicalTypes.LocalTimestampMillis at -> longs(DataType.TIMESTAMP_NTZ, Values::fromMillis);
            case LogicalTypes.LocalTimestampMicros at -> longs(DataType.TIMESTAMP_NTZ, value -> value);
            case LogicalTypes.LocalTimestampNanos at -> longs(DataType.TIMESTAMP_NTZ, Values::fromNanos);
            case null, default -> longs(DataType.INT64, value -> value);
        };
    }

    private static long fromMillis(long value) {
        try {
            return Math.multiplyExact(value, 1_000L);
        } catch (ArithmeticException e) {
            throw new Unfit(value + " milliseconds are too many for a column in microseconds");
        }
    }

    private static long fromNanos(long value) {
        if (value % NANOS_PER_MICRO != 0) {
            throw new Unfit(value + " nanoseconds are finer than a column's microseconds; nothing is rounded");
        }
        return value / NANOS_PER_MICRO;
    }

    /// Takes a value's bytes.
    private interface Stored {
        byte[] of(AvroInput in) throws IOException;
    }

    private static Values bytes(LogicalType logical, Stored stored) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            DataType.Decimal type = Decimals.type(decimal.getPrecision(), decimal.getScale());
            return new Values(type, (column, in) -> {
                byte[] unscaled = stored.of(in);
                Decimals.append(column, type, unscaled, 0, unscaled.length);
            });
        }
        return new Values(DataType.BINARY, (column, in) -> ((BytesColumn) column).append(stored.of(in)));
    }

    private static Values fixed(Schema schema, LogicalType logical) {
        int size = schema.getFixedSize();
        if (logical instanceof LogicalTypes.Duration) {
            throw new Unfit("a duration, which no column holds");
        }
        if (logical instanceof LogicalTypes.Uuid && size == UUID_BYTES) {
            return new Values(DataType.UUID, (column, in) -> ((BytesColumn) column).append(in.fixed(size)));
        }
        return bytes(logical, in -> in.fixed(size));
    }

    static Values text() {
        return new Values(DataType.STRING, (column, in) -> {
            byte[] text = in.bytes();
            Texts.append((BytesColumn) column, text, 0, text.length);
        });
    }

    private static Values uuidText() {
        return new Values(DataType.UUID, (column, in) -> {
            String text = new String(in.bytes(), StandardCharsets.UTF_8);
            UUID uuid = uuid(text);
            ((BytesColumn) column)
                    .append(ByteBuffer.allocate(UUID_BYTES)
                            .putLong(uuid.getMostSignificantBits())
                            .putLong(uuid.getLeastSignificantBits())
                            .array());
        });
    }

    /// [UUID#fromString] takes short forms, too.
    private static UUID uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            throw new Unfit("'" + text + "' is no uuid");
        }
        throw new Unfit("'" + text + "' is no uuid");
    }

    private static Values symbols(List<String> symbols) {
        List<byte[]> texts =
                symbols.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
        return new Values(
                DataType.STRING,
                (column, in) ->
                        ((BytesColumn) column).append(texts.get(in.decoder().readEnum())));
    }
}
