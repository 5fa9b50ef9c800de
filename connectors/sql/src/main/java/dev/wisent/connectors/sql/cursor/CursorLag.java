package dev.wisent.connectors.sql.cursor;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far behind the highest cursor an incremental run stays.
///
/// @param amount of seconds for cursors that are times, else a plain number
/// @param unit whether it has one
public record CursorLag(long amount, Unit unit) {
    public enum Unit {
        PLAIN,
        TIME
    }

    public static final CursorLag NONE = new CursorLag(0, Unit.PLAIN);
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([smhd]?)");

    /// @throws IllegalArgumentException for anything else
    public static CursorLag parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> new CursorLag(number, Unit.TIME);
            case "m" -> new CursorLag(Duration.ofMinutes(number).toSeconds(), Unit.TIME);
            case "h" -> new CursorLag(Duration.ofHours(number).toSeconds(), Unit.TIME);
            case "d" -> new CursorLag(Duration.ofDays(number).toSeconds(), Unit.TIME);
            default -> new CursorLag(number, Unit.PLAIN);
        };
    }

    public boolean isNone() {
        return amount == 0;
    }
}
