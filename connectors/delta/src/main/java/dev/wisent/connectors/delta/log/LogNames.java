package dev.wisent.connectors.delta.log;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names in a table's folder.
public final class LogNames {
    /// The folder of the log, relative to the table.
    public static final String LOG = "_delta_log/";

    private static final Pattern ENTRY = Pattern.compile("(?:.*/)?(\\d{20})\\.json");

    private LogNames() {}

    /// The entry of a version, relative to the table.
    public static String entry(long version) {
        return LOG + "%020d.json".formatted(version);
    }

    /// The version a path is the entry of, if it is one.
    public static OptionalLong version(String path) {
        Matcher entry = ENTRY.matcher(path);
        return entry.matches() ? OptionalLong.of(Long.parseLong(entry.group(1))) : OptionalLong.empty();
    }
}
