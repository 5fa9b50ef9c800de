package dev.wisent.connectors.sqlite.load;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/// Values that SQLite has no type for, as ISO texts. Times have all six digits of their microseconds, so that texts sort as
/// times do.
final class TextValues {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000;

    private TextValues() {}

    static String of(Column from, int row) {
        return switch (from.type()) {
            case DataType.Decimal(int p, int scale) -> decimal(from, row, scale);
            case DataType.Date() ->
                LocalDate.ofEpochDay(((LongColumn) from).get(row)).toString();
            case DataType.Time() -> TIME.format(LocalTime.ofNanoOfDay(((LongColumn) from).get(row) * NANOS));
            case DataType.Timestamp() -> local(((LongColumn) from).get(row)) + "Z";
            case DataType.TimestampNtz() -> local(((LongColumn) from).get(row));
            case DataType.Uuid() -> {
                ByteBuffer bits = ByteBuffer.wrap(((BytesColumn) from).copy(row));
                yield new UUID(bits.getLong(), bits.getLong()).toString();
            }
            default -> ((BytesColumn) from).string(row);
        };
    }

    private static String decimal(Column from, int row, int scale) {
        BigInteger unscaled = from instanceof LongColumn longs
                ? BigInteger.valueOf(longs.get(row))
                : new BigInteger(((BytesColumn) from).copy(row));
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    private static String local(long micros) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) (Math.floorMod(micros, MICROS) * NANOS), ZoneOffset.UTC);
        return at.toLocalDate() + "T" + TIME.format(at);
    }

    static String timestamp(Instant at) {
        LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        return utc.toLocalDate() + "T" + TIME.format(utc) + "Z";
    }
}
