package dev.wisent.columnar.internal;

/// Days since 1970-01-01 and the proleptic Gregorian calendar, without objects. Both ways are Howard Hinnant's
/// `days_from_civil` and `civil_from_days` (chrono-Compatible Low-Level Date Algorithms).
public final class Civil {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
    /// RFC 3339 section 1: years 0000 to 9999; year 0 exists in no calendar in use.
    public static final int FIRST_YEAR = 1;

    public static final int LAST_YEAR = 9999;
    /// 0001-01-01.
    public static final long FIRST_DAY = days(FIRST_YEAR, 1, 1);
    /// 9999-12-31.
    public static final long LAST_DAY = days(LAST_YEAR, 12, 31);

    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;
    /// Days from 0000-03-01, where Hinnant's eras begin, to 1970-01-01.
    private static final int EPOCH = 719_468;

    private Civil() {}

    public static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, YEARS_PER_ERA);
        int yearOfEra = (int) (y - era * YEARS_PER_ERA);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH;
    }

    /// The date of a day as `year << 9 | month << 5 | day`.
    public static long date(long days) {
        long z = days + EPOCH;
        long era = Math.floorDiv(z, DAYS_PER_ERA);
        int dayOfEra = (int) (z - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
        return year << 9 | (long) month << 5 | day;
    }

    public static int daysInMonth(int year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            default -> 31;
        };
    }
}
