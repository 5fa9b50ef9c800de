package dev.wisent.columnar.internal.text;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.internal.Civil;

/// Dates and times as RFC 3339 writes them; fractions of a second have six digits, or none when they are zero.
final class TemporalText {
    /// A day counted in 32 bits lies up to five million years away.
    private static final long SEVEN_DIGITS = 1_000_000;

    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final int DAY_BITS = 31;
    private static final int MONTH_BITS = 15;

    private TemporalText() {}

    /// Years outside 0000 to 9999, which RFC 3339 can't write, get a sign (ISO 8601 expanded form).
    static void putDate(long days, OutputBuffer out) {
        long date = Civil.date(days);
        long year = date >> 9;
        if (year < 0 || year > Civil.LAST_YEAR) {
            out.put(year < 0 ? '-' : '+');
            NumberText.putPadded(Math.abs(year), Math.abs(year) < SEVEN_DIGITS ? 6 : 7, out);
        } else {
            NumberText.putPadded(year, 4, out);
        }
        out.put('-');
        NumberText.putPadded(date >> 5 & MONTH_BITS, 2, out);
        out.put('-');
        NumberText.putPadded(date & DAY_BITS, 2, out);
    }

    static void putTime(long microsOfDay, OutputBuffer out) {
        long seconds = microsOfDay / Civil.MICROS_PER_SECOND;
        long micros = microsOfDay % Civil.MICROS_PER_SECOND;
        NumberText.putPadded(seconds / SECONDS_PER_HOUR, 2, out);
        out.put(':');
        NumberText.putPadded(seconds / SECONDS_PER_MINUTE % 60, 2, out);
        out.put(':');
        NumberText.putPadded(seconds % 60, 2, out);
        if (micros != 0) {
            out.put('.');
            NumberText.putPadded(micros, 6, out);
        }
    }

    static void putDateTime(long micros, OutputBuffer out) {
        putDate(Math.floorDiv(micros, Civil.MICROS_PER_DAY), out);
        out.put('T');
        putTime(Math.floorMod(micros, Civil.MICROS_PER_DAY), out);
    }
}
