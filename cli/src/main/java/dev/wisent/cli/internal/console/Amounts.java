package dev.wisent.cli.internal.console;

import java.util.Locale;

/// Numbers for people.
public final class Amounts {
    private static final double MB = 1e6;
    private static final int KB = 1_000;
    private static final String UNITS = "kMGTP";
    private static final int MS_A_SECOND = 1_000;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private Amounts() {}

    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /// `1,234 rows`, `1 row`.
    public static String count(long n, String one) {
        return count(n) + " " + one + (n == 1 ? "" : "s");
    }

    /// `512 B`, `20.0 MB`.
    public static String bytes(long bytes) {
        if (bytes < KB) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= KB && unit < UNITS.length() - 1) {
            value /= KB;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, UNITS.charAt(unit));
    }

    public static String perSecond(long n, double seconds) {
        return seconds <= 0 ? "-" : count(Math.round(n / seconds));
    }

    public static String megabytesPerSecond(long bytes, double seconds) {
        return seconds <= 0 ? "-" : String.format(Locale.ROOT, "%.1f", bytes / MB / seconds);
    }

    /// `0.8 ms`, `12 ms`, `3.4 s`.
    public static String milliseconds(double millis) {
        if (millis >= MS_A_SECOND) {
            return seconds(millis / MS_A_SECOND);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    public static String seconds(double seconds) {
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < HOUR
                ? whole / MINUTE + " min " + whole % MINUTE + " s"
                : whole / HOUR + " h " + whole % HOUR / MINUTE + " min";
    }
}
