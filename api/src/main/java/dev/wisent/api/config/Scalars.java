package dev.wisent.api.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// What plain values say; `IllegalArgumentException` for what does not fit.
final class Scalars {
    static final String SECONDS = "a number of seconds, 0 or more";
    static final String MEGABYTES = "a number of MB, 0 or more";
    static final String TRUTH = "true or false";

    /// Longer than anybody waits, and its nanoseconds fit a `long`.
    private static final double MOST_SECONDS = 3e9;
    /// 8 EB: its bytes just fit a `long`.
    private static final double MOST_MEGABYTES = 8e12;

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private static final double NANOS = 1e9;
    private static final int MEGABYTE = 1 << 20;

    private Scalars() {}

    /// Digits may be grouped with `_`.
    static long whole(String text, long least, long most) {
        long value = Long.parseLong(text.replace("_", ""));
        if (value < least || value > most) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    static double number(String text, double least, double most) {
        double value = decimal(text);
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    static Duration seconds(String text) {
        return Duration.ofNanos(Math.round(number(text, 0, MOST_SECONDS) * NANOS));
    }

    /// In bytes.
    static long megabytes(String text) {
        return Math.round(number(text, 0, MOST_MEGABYTES) * MEGABYTE);
    }

    static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /// `Double.valueOf` alone would take `NaN`, `1d` and `0x1p3` as well.
    static double decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return Double.parseDouble(text);
    }

    static String wholeWithin(long least, long most) {
        return "a whole number"
                + (most == Long.MAX_VALUE ? atLeast(least, least == Long.MIN_VALUE) : between(least, most));
    }

    static String numberWithin(double least, double most) {
        return "a number"
                + (most == Double.MAX_VALUE ? atLeast(least, least == -Double.MAX_VALUE) : between(least, most));
    }

    private static String atLeast(Number least, boolean any) {
        return any ? "" : " of at least " + least;
    }

    private static String between(Number least, Number most) {
        return " between " + least + " and " + most;
    }
}
