package dev.wisent.connectors.duckdb.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Marks in comments of tables: whoever makes a table anew leaves them out.
final class Marks {
    private static final Pattern MARK = Pattern.compile("wisent-[0-9a-f-]{36}");

    private Marks() {}

    static Optional<String> in(String comment) {
        Matcher mark = MARK.matcher(comment);
        return mark.find() ? Optional.of(mark.group()) : Optional.empty();
    }

    static String comment(String mark) {
        return "Loaded by Wisent [" + mark + "]";
    }

    /// What people wrote stays, but with the mark of `mine`.
    static String moved(String theirs, String mine) {
        Optional<String> mark = in(mine);
        return mark.isPresent() && in(theirs).isPresent() ? MARK.matcher(theirs).replaceAll(mark.get()) : mine;
    }
}
