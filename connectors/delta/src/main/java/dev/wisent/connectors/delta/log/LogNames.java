package dev.wisent.connectors.delta.log;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
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

    /// Where the data file lies that an action names, relative to the table; empty: elsewhere. A name no URI can be is taken as
    /// it stands.
    public static Optional<String> dataFile(String logged) {
        try {
            URI uri = new URI(logged);
            return uri.isAbsolute() ? Optional.empty() : Optional.of(uri.getPath());
        } catch (URISyntaxException notEncoded) {
            return Optional.of(logged);
        }
    }
}
