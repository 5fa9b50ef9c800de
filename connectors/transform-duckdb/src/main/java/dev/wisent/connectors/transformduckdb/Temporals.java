package dev.wisent.connectors.transformduckdb;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Dates and times as DuckDB writes them: `0044-03-15 (BC)`, `2026-01-02 03:04:05.6`.
final class Temporals {
    private static final long DAY = TimeUnit.DAYS.toMicros(1);
    private static final String BC = " (BC)";

    private Temporals() {}

    static String date(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return dated(date, "");
    }

    static String time(long micros) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(micros * 1_000));
    }

    static String dateTime(long micros) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
        return dated(date, " " + time(Math.floorMod(micros, DAY)));
    }

    private static String dated(LocalDate date, String time) {
        int year = date.getYear();
        String text = String.format(
                Locale.ROOT, "%04d-%02d-%02d", year > 0 ? year : 1 - year, date.getMonthValue(), date.getDayOfMonth());
        return text + (year > 0 ? "" : BC) + time;
    }

    static long date(String text) {
        boolean before = text.endsWith(BC);
        String[] parts = (before ? text.substring(0, text.length() - BC.length()) : text).split("-", 3);
        if (parts.length < 3) {
            throw new Unfit("there is no place for the date '" + text + "'");
        }
        int year = Integer.parseInt(parts[0]);
        try {
            return LocalDate.of(before ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                    .toEpochDay();
        } catch (DateTimeException far) {
            throw new Unfit("there is no place for the date '" + text + "'");
        }
    }

    static long time(String text) {
        try {
            return LocalTime.parse(text).toNanoOfDay() / 1_000;
        } catch (DateTimeException never) {
            throw new Unfit("there is no place for the time '" + text + "'");
        }
    }

    static long dateTime(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new Unfit("there is no place for the timestamp '" + text + "'");
        }
        int space = text.lastIndexOf(' ', colon);
        boolean before = text.endsWith(BC);
        String time = text.substring(space + 1, before ? text.length() - BC.length() : text.length());
        return Math.addExact(Math.multiplyExact(date(text.substring(0, space) + (before ? BC : "")), DAY), time(time));
    }
}
