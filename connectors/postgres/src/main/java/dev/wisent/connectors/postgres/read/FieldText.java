package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Wire;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;

/// A field of a tuple as a text that the server reads back as the same value: for tokens of positions, and to show rows that
/// are no good.
final class FieldText {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_A_MICRO = 1_000;
    private static final int LEAST_YEAR_DIGITS = 4;

    private FieldText() {}

    static String of(Wire wire, byte[] data, int at, int length) {
        return switch (wire) {
            case BOOL -> data[at] == 0 ? "false" : "true";
            case INT2 -> Short.toString(BigEndian.shortAt(data, at));
            case INT4 -> Integer.toString(BigEndian.intAt(data, at));
            case OID -> Integer.toUnsignedString(BigEndian.intAt(data, at));
            case INT8 -> Long.toString(BigEndian.longAt(data, at));
            case FLOAT4 -> Float.toString(Float.intBitsToFloat(BigEndian.intAt(data, at)));
            case FLOAT8 -> Double.toString(Double.longBitsToDouble(BigEndian.longAt(data, at)));
            case NUMERIC -> NumericReader.text(data, at);
            case TEXT, JSON -> new String(data, at, length, StandardCharsets.UTF_8);
            case JSONB -> new String(data, at + 1, length - 1, StandardCharsets.UTF_8);
            case BYTEA -> "\\x" + HexFormat.of().formatHex(data, at, at + length);
            case UUID -> new UUID(BigEndian.longAt(data, at), BigEndian.longAt(data, at + Long.BYTES)).toString();
            case DATE -> date(BigEndian.intAt(data, at));
            case TIME -> time(BigEndian.longAt(data, at));
            case TIMESTAMP -> timestamp(BigEndian.longAt(data, at), "");
            case TIMESTAMPTZ -> timestamp(BigEndian.longAt(data, at), "+00");
        };
    }

    static String date(int since2000) {
        if (since2000 == Integer.MAX_VALUE || since2000 == Integer.MIN_VALUE) {
            return since2000 < 0 ? "-infinity" : "infinity";
        }
        return day(LocalDate.ofEpochDay((long) since2000 + Wire.EPOCH_DAYS), "");
    }

    private static String time(long micros) {
        return micros == FieldReader.MICROS_A_DAY
                ? "24:00:00"
                : DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(micros * NANOS_A_MICRO));
    }

    static String timestamp(long since2000, String zone) {
        if (since2000 == Long.MAX_VALUE || since2000 == Long.MIN_VALUE) {
            return since2000 < 0 ? "-infinity" : "infinity";
        }
        long seconds = Math.floorDiv(since2000, MICROS) + Wire.EPOCH_MICROS / MICROS;
        int nanos = (int) (Math.floorMod(since2000, MICROS) * NANOS_A_MICRO);
        LocalDateTime at = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
        return day(at.toLocalDate(), " " + DateTimeFormatter.ISO_LOCAL_TIME.format(at.toLocalTime()) + zone);
    }

    private static String day(LocalDate date, String rest) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        String padded = "0"
                        .repeat(Math.max(
                                0, LEAST_YEAR_DIGITS - Integer.toString(year).length()))
                + year;
        return "%s-%02d-%02d%s%s"
                .formatted(padded, date.getMonthValue(), date.getDayOfMonth(), rest, date.getYear() > 0 ? "" : " BC");
    }

    /// Whether the text stands for itself in JSON: numbers and truth values.
    static boolean isJson(Wire wire, String text) {
        return switch (wire) {
            case BOOL, INT2, INT4, INT8, OID, JSON, JSONB -> true;
            case NUMERIC, FLOAT4, FLOAT8 -> isNumber(text);
            default -> false;
        };
    }

    private static boolean isNumber(String text) {
        try {
            return !new BigDecimal(text).toString().isEmpty();
        } catch (NumberFormatException other) {
            return false;
        }
    }
}
