package dev.wisent.connectors.jdbc;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Values of a result set into columns, exactly or with an error.
final class Cells {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int UUID_BYTES = 16;

    private Cells() {}

    static void read(String name, DataType type, ResultSet row, int at, Column to) throws SQLException {
        try {
            switch (to) {
                case LongColumn longs -> whole(type, row, at, longs);
                case DoubleColumn doubles -> floating(type, row, at, doubles);
                case BytesColumn bytes -> bytes(type, row, at, bytes);
                default -> throw new IllegalArgumentException("no type of a database: " + type);
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw WisentException.of(
                            ErrorCode.SOURCE_FAILED,
                            "column '" + name + "' is read as " + type.text()
                                    + ", and a row holds a value it has no room" + " for: " + e.getMessage())
                    .hint("read it by a query that turns it into text: query: SELECT …, CAST(" + name
                            + " AS VARCHAR(4000)) AS " + name + " FROM …");
        }
    }

    private static void whole(DataType type, ResultSet row, int at, LongColumn to) throws SQLException {
        switch (type) {
            case DataType.Bool b -> {
                boolean value = row.getBoolean(at);
                append(row, to, value ? 1 : 0);
            }
            case DataType.Int i -> {
                long value = row.getLong(at);
                append(row, to, value);
            }
            case DataType.Decimal(int precision, int scale) -> {
                Optional<BigDecimal> value = Optional.ofNullable(row.getBigDecimal(at));
                append(
                        to,
                        value.map(
                                v -> exact(v, precision, scale).unscaledValue().longValueExact()));
            }
            case DataType.Date d ->
                append(
                        to,
                        Optional.ofNullable(row.getObject(at, LocalDate.class)).map(LocalDate::toEpochDay));
            case DataType.Time t ->
                append(
                        to,
                        Optional.ofNullable(row.getObject(at, LocalTime.class)).map(v -> micros(v.toNanoOfDay())));
            case DataType.TimestampNtz t ->
                append(
                        to,
                        Optional.ofNullable(row.getObject(at, LocalDateTime.class))
                                .map(v -> micros(v.toInstant(ZoneOffset.UTC))));
            default ->
                append(
                        to,
                        Optional.ofNullable(row.getObject(at, OffsetDateTime.class))
                                .map(v -> micros(v.toInstant())));
        }
    }

    private static void append(ResultSet row, LongColumn to, long value) throws SQLException {
        if (row.wasNull()) {
            to.appendNull();
        } else {
            to.append(value);
        }
    }

    private static void append(LongColumn to, Optional<Long> value) {
        value.ifPresentOrElse(to::append, to::appendNull);
    }

    private static void floating(DataType type, ResultSet row, int at, DoubleColumn to) throws SQLException {
        double value = type.equals(DataType.FLOAT32) ? row.getFloat(at) : row.getDouble(at);
        if (row.wasNull()) {
            to.appendNull();
        } else {
            to.append(value);
        }
    }

    private static void bytes(DataType type, ResultSet row, int at, BytesColumn to) throws SQLException {
        switch (type) {
            case DataType.Decimal(int precision, int scale) ->
                Optional.ofNullable(row.getBigDecimal(at))
                        .ifPresentOrElse(
                                value -> to.append(exact(value, precision, scale)
                                        .unscaledValue()
                                        .toByteArray()),
                                to::appendNull);
            case DataType.Binary b -> Optional.ofNullable(row.getBytes(at)).ifPresentOrElse(to::append, to::appendNull);
            case DataType.Uuid u ->
                Optional.ofNullable(row.getString(at))
                        .ifPresentOrElse(text -> to.append(bits(UUID.fromString(text.strip()))), to::appendNull);
            default -> Optional.ofNullable(row.getString(at)).ifPresentOrElse(to::append, to::appendNull);
        }
    }

    private static byte[] bits(UUID uuid) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private static BigDecimal exact(BigDecimal value, int precision, int scale) {
        BigDecimal exact = value.setScale(scale, RoundingMode.UNNECESSARY);
        if (exact.precision() > precision) {
            throw new ArithmeticException(value.toPlainString());
        }
        return exact;
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), MICROS_PER_SECOND), micros(at.getNano()));
    }

    private static long micros(long nanos) {
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException("it has more than six digits of a second");
        }
        return nanos / NANOS_PER_MICRO;
    }
}
