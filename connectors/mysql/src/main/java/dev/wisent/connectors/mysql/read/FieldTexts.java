package dev.wisent.connectors.mysql.read;

import java.time.LocalDate;

/// Dates and times as the server prints them, into numbers.
final class FieldTexts {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long SECONDS_A_MINUTE = 60;
    private static final long SECONDS_AN_HOUR = 3_600;
    private static final long MICROS_A_DAY = 86_400 * MICROS_A_SECOND;
    private static final int DATE_LENGTH = 10;
    private static final int MICRO_DIGITS = 6;

    private FieldTexts() {}

    /// Whether it is `0000-00-00`, or lacks its month or day.
    static boolean isZeroDate(byte[] text) {
        return text.length >= DATE_LENGTH && (number(text, 5, 7) == 0 || number(text, 8, DATE_LENGTH) == 0);
    }

    /// Days since 1970 of `2026-11-21`.
    static long days(byte[] text) {
        try {
            return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE_LENGTH))
                    .toEpochDay();
        } catch (java.time.DateTimeException | IndexOutOfBoundsException bad) {
            throw new BadValue("is no date: " + new String(text, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /// Microseconds since 1970 of `2026-11-21 12:00:00.123456`.
    static long micros(byte[] text) {
        return Math.addExact(Math.multiplyExact(days(text), MICROS_A_DAY), clock(text, DATE_LENGTH + 1));
    }

    /// Microseconds since midnight of `12:00:00.123456`.
    static long time(byte[] text) {
        int colon = 0;
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        if (text.length == 0 || text[0] == '-' || colon != 2 || number(text, 0, 2) > 23) {
            throw new BadValue("is no time of a day: " + new String(text, java.nio.charset.StandardCharsets.UTF_8));
        }
        return clock(text, 0);
    }

    private static long clock(byte[] text, int at) {
        long seconds = number(text, at, at + 2) * SECONDS_AN_HOUR
                + number(text, at + 3, at + 5) * SECONDS_A_MINUTE
                + number(text, at + 6, at + 8);
        long micros = 0;
        int begin = at + 9;
        for (int i = 0; i < MICRO_DIGITS; i++) {
            micros = micros * 10 + (begin + i < text.length ? text[begin + i] - '0' : 0);
        }
        return seconds * MICROS_A_SECOND + micros;
    }

    private static int number(byte[] text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new BadValue("is no date or time: " + new String(text, java.nio.charset.StandardCharsets.UTF_8));
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
