package dev.wisent.connectors.sql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sql.cursor.CursorLag;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cursors less a lag, as the texts that [OrderColumn] makes of them. A text may be a cursor, too, where it is a date or time
/// as ISO 8601 writes it: what is less has as many digits, and the same offset.
///
/// @param column whose values they are
/// @param where it is, for people
record Lagging(ReadColumn column, CursorLag lag, String where) {
    private static final Pattern MOMENT = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:([ T])(\\d\\d:\\d\\d)(:\\d\\d)?(\\.\\d{1,9})?(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long SECONDS_A_DAY = 24L * 60 * 60;

    private DataType type() {
        return column.field().type();
    }

    private boolean isNumber() {
        return type() instanceof DataType.Int || type() instanceof DataType.Decimal;
    }

    private boolean isTime() {
        return switch (type()) {
            case DataType.Date d -> true;
            case DataType.Timestamp t -> true;
            case DataType.TimestampNtz t -> true;
            case DataType.Text t -> true;
            default -> false;
        };
    }

    /// @throws WisentException when the lag can't be taken from values of such a column
    void refuseUnfit() {
        boolean fits = lag.isNone() || (lag.unit() == CursorLag.Unit.TIME ? isTime() : isNumber());
        if (!fits) {
            throw unfit("it is " + type().text());
        }
    }

    private WisentException unfit(String why) {
        return WisentException.of(
                        ErrorCode.NOT_SUPPORTED,
                        "cursor_lag can't be taken from column '"
                                + column.field().name() + "': " + why)
                .where(where)
                .hint("a number for whole numbers (cursor_lag: 1000), a time for dates and times (cursor_lag: 10m)");
    }

    /// A value less the lag.
    String of(String value) {
        refuseUnfit();
        if (lag.isNone()) {
            return value;
        }
        return isNumber() ? number(new BigDecimal(value)).toPlainString() : moment(value);
    }

    /// Not below what the column can hold.
    private BigDecimal number(BigDecimal value) {
        BigDecimal less = value.subtract(BigDecimal.valueOf(lag.amount()));
        return switch (type()) {
            case DataType.Int(int bits) -> less.max(BigDecimal.TWO.pow(bits - 1).negate());
            case DataType.Decimal(int precision, int scale) ->
                less.max(BigDecimal.TEN
                        .pow(precision - scale)
                        .subtract(BigDecimal.ONE)
                        .negate());
            default -> less;
        };
    }

    private String moment(String value) {
        Matcher form = MOMENT.matcher(value);
        if (!form.matches()) {
            throw unfit("it holds '" + value + "'");
        }
        try {
            LocalDate day = LocalDate.parse(form.group(1));
            if (form.group(2) == null) {
                return day.minusDays(Math.ceilDiv(lag.amount(), SECONDS_A_DAY)).toString();
            }
            LocalTime time = LocalTime.parse(form.group(3) + (form.group(4) == null ? "" : form.group(4)));
            LocalDateTime less = LocalDateTime.of(day, time).minusSeconds(lag.amount());
            return less.toLocalDate()
                    + form.group(2)
                    + SECONDS.format(less)
                    + (form.group(5) == null ? "" : form.group(5))
                    + (form.group(6) == null ? "" : form.group(6));
        } catch (DateTimeException none) {
            throw unfit("it holds '" + value + "'");
        }
    }

    /// The higher one of two values, which have the same offset.
    String higher(String one, String other) {
        int sign = isNumber() ? new BigDecimal(one).compareTo(new BigDecimal(other)) : one.compareTo(other);
        return sign >= 0 ? one : other;
    }
}
