package dev.wisent.connectors.delta.partition;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// A partition column's values as the log spells them. (The protocol, "Partition Value Serialization".)
final class PartitionText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private PartitionText() {}

    /// Whether a table can be partitioned by values of this type. Fractions can't: rows that read alike would differ.
    static boolean isSpelled(DataType type) {
        return switch (type) {
            case DataType.Bool t -> true;
            case DataType.Int t -> true;
            case DataType.Decimal t -> true;
            case DataType.Text t -> true;
            case DataType.Date t -> true;
            case DataType.Timestamp t -> true;
            case DataType.TimestampNtz t -> true;
            default -> false;
        };
    }

    /// Empty: no value.
    static Optional<String> of(Column column, int row) {
        if (column.isNull(row)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (column) {
                    case LongColumn longs -> ofLong(column.type(), longs.get(row));
                    case BytesColumn bytes -> ofBytes(column.type(), bytes, row);
                    default -> throw new IllegalArgumentException(column.type().text());
                });
    }

    private static String ofLong(DataType type, long value) {
        return switch (type) {
            case DataType.Bool t -> value == 0 ? "false" : "true";
            case DataType.Decimal(int precision, int scale) ->
                BigDecimal.valueOf(value, scale).toPlainString();
            case DataType.Date t -> LocalDate.ofEpochDay(value).toString();
            case DataType.Timestamp t -> INSTANT.format(time(value));
            case DataType.TimestampNtz t -> LOCAL.format(time(value));
            default -> Long.toString(value);
        };
    }

    private static LocalDateTime time(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        long rest = Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds, rest), ZoneOffset.UTC);
    }

    private static String ofBytes(DataType type, BytesColumn column, int row) {
        return type instanceof DataType.Decimal(int precision, int scale)
                ? new BigDecimal(new BigInteger(column.copy(row)), scale).toPlainString()
                : column.string(row);
    }
}
