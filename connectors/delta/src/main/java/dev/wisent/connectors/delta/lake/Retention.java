package dev.wisent.connectors.delta.lake;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.delta.log.Action;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// For how long a table keeps the files of older versions.
final class Retention {
    private static final String PROPERTY = "delta.deletedFileRetentionDuration";
    /// Delta's own default.
    private static final Duration STANDARD = Duration.ofDays(7);
    private static final int DAYS_PER_WEEK = 7;
    private static final Pattern INTERVAL = Pattern.compile(
            "\\s*(?:interval\\s+)?(\\d+)\\s+(second|minute|hour|day|week)s?\\s*", Pattern.CASE_INSENSITIVE);

    private Retention() {}

    static Duration of(Action.MetaData table) {
        String text = table.configuration().get(PROPERTY);
        return text == null ? STANDARD : parse(text);
    }

    private static Duration parse(String text) {
        Matcher interval = INTERVAL.matcher(text);
        if (!interval.matches()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "the table keeps old files for '" + text + "' (" + PROPERTY + "), which Wisent can't read")
                    .hint("say for how long: --retain-hours 168");
        }
        long count = Long.parseLong(interval.group(1));
        return switch (interval.group(2).toLowerCase(Locale.ROOT)) {
            case "second" -> Duration.ofSeconds(count);
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            case "day" -> Duration.ofDays(count);
            default -> Duration.ofDays(count * DAYS_PER_WEEK);
        };
    }
}
