package dev.wisent.columnar.internal;

/// RFC 3339 from bytes. Every method reads exactly `[from, from + length)` and returns [#NOT_ONE] when that is not what is
/// asked for, or can't be held: years outside 0001 to 9999, a leap second, a fraction finer than a microsecond.
public final class TemporalParser {
    public static final long NOT_ONE = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    /// `+hh:mm`
    private static final int OFFSET_LENGTH = 6;

    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3_600;

    private TemporalParser() {}

    /// `2026-11-20` in days.
    public static long date(byte[] bytes, int from, int length) {
        if (length != DATE_LENGTH || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NOT_ONE;
        }
        int century = two(bytes, from);
        int yearOfCentury = two(bytes, from + 2);
        int month = two(bytes, from + 5);
        int day = two(bytes, from + 8);
        int year = century * 100 + yearOfCentury;
        if ((century | yearOfCentury | month | day) < 0 || year < Civil.FIRST_YEAR || month < 1 || month > 12) {
            return NOT_ONE;
        }
        return day < 1 || day > Civil.daysInMonth(year, month) ? NOT_ONE : Civil.days(year, month, day);
    }

    /// `10:00:00`, with up to nine digits of fraction, in µs.
    public static long time(byte[] bytes, int from, int length) {
        if (length < TIME_LENGTH || bytes[from + 2] != ':' || bytes[from + 5] != ':') {
            return NOT_ONE;
        }
        int hour = two(bytes, from);
        int minute = two(bytes, from + 3);
        int second = two(bytes, from + 6);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return NOT_ONE;
        }
        long seconds = hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second;
        long micros = length == TIME_LENGTH ? 0 : fraction(bytes, from + TIME_LENGTH, length - TIME_LENGTH);
        return micros < 0 ? NOT_ONE : seconds * Civil.MICROS_PER_SECOND + micros;
    }

    /// Date, `T`, `t` or a space, and time, without zone, in µs.
    public static long dateTime(byte[] bytes, int from, int length) {
        if (length < DATE_LENGTH + 1 + TIME_LENGTH) {
            return NOT_ONE;
        }
        int separator = bytes[from + DATE_LENGTH];
        if ((separator | ' ') != 't' && separator != ' ') {
            return NOT_ONE;
        }
        long days = date(bytes, from, DATE_LENGTH);
        long micros = time(bytes, from + DATE_LENGTH + 1, length - DATE_LENGTH - 1);
        return days == NOT_ONE || micros == NOT_ONE ? NOT_ONE : days * Civil.MICROS_PER_DAY + micros;
    }

    /// Date and time with `Z` or an offset: an instant in µs.
    public static long instant(byte[] bytes, int from, int length) {
        if (length <= DATE_LENGTH + 1 + TIME_LENGTH) {
            return NOT_ONE;
        }
        int end = from + length;
        if ((bytes[end - 1] | ' ') == 'z') {
            return dateTime(bytes, from, length - 1);
        }
        int zone = end - OFFSET_LENGTH;
        int sign = bytes[zone];
        int hour = two(bytes, zone + 1);
        int minute = two(bytes, zone + 4);
        if ((sign != '+' && sign != '-') || bytes[zone + 3] != ':' || (hour | minute) < 0 || hour > 23 || minute > 59) {
            return NOT_ONE;
        }
        long local = dateTime(bytes, from, length - OFFSET_LENGTH);
        if (local == NOT_ONE) {
            return NOT_ONE;
        }
        long offset = (hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE) * Civil.MICROS_PER_SECOND;
        long micros = sign == '-' ? local + offset : local - offset;
        long day = Math.floorDiv(micros, Civil.MICROS_PER_DAY);
        return day < Civil.FIRST_DAY || day > Civil.LAST_DAY ? NOT_ONE : micros;
    }

    /// A point and one to nine digits, of which only six may be other than zero; negative when it is not that.
    private static long fraction(byte[] bytes, int from, int length) {
        int digits = length - 1;
        if (bytes[from] != '.' || digits < 1 || digits > MAX_FRACTION_DIGITS) {
            return -1;
        }
        long micros = 0;
        for (int i = 1; i <= Math.max(digits, MICRO_DIGITS); i++) {
            int digit = i <= digits ? bytes[from + i] - '0' : 0;
            if (digit < 0 || digit > 9 || (i > MICRO_DIGITS && digit != 0)) {
                return -1;
            }
            if (i <= MICRO_DIGITS) {
                micros = micros * 10 + digit;
            }
        }
        return micros;
    }

    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
