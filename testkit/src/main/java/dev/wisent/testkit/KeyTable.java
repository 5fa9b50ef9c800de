package dev.wisent.testkit;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A table of the keys a section declares, in Markdown: key, what it takes, default, meaning. For the page of a connector, and
/// the test that the page is current. Keys that are only accepted, or refused, are not in it.
public final class KeyTable {
    private final Depth depth;
    private final List<String> rows =
            new ArrayList<>(List.of("| key | takes | default | meaning |", "|---|---|---|---|"));

    /// How far it goes down.
    public enum Depth {
        /// The keys of a section within the section have lines of their own: `schema.fields`.
        ALL,
        /// A section directly within the section is one line.
        TOP
    }

    private KeyTable(Depth depth) {
        this.depth = depth;
    }

    /// The lines, each with its end.
    public static String of(ConfigShape shape, Depth depth) {
        KeyTable table = new KeyTable(depth);
        table.add(shape, "");
        return String.join("\n", table.rows) + "\n";
    }

    private void add(ConfigShape shape, String prefix) {
        for (Key<?> key : shape.keys()) {
            if (key.use() != Key.Use.READ) {
                continue;
            }
            if (key.takes() instanceof Takes.Nested nested && (depth == Depth.ALL || !prefix.isEmpty())) {
                add(nested.shape(), prefix + key.name() + ".");
                continue;
            }
            String standard = key.presence() == Key.Presence.REQUIRED ? "required" : standard(key);
            String secret = key.sensitivity() == Key.Sensitivity.SECRET ? " (secret)" : "";
            rows.add("| `%s%s` | %s | %s | %s%s |"
                    .formatted(prefix, key.name(), takes(key.takes()), standard, key.about(), secret));
            if (key.takes() instanceof Takes.ListOf(Takes.Nested item)) {
                add(item.shape(), prefix + key.name() + "[].");
            }
        }
    }

    private static String standard(Key<?> key) {
        String text = key.standard();
        boolean words = text.isEmpty() || text.contains("`") || text.contains(" ") || text.equals("never");
        return words || text.matches("[0-9.]+") ? text : "`" + text + "`";
    }

    private static String takes(Takes takes) {
        return switch (takes) {
            case Takes.Text text -> "text";
            case Takes.Whole(long least, long most) -> whole(least, most);
            case Takes.Number number -> "number";
            case Takes.Truth truth -> "truth";
            case Takes.Seconds seconds -> "seconds";
            case Takes.Megabytes size -> "MB";
            case Takes.Choice choice ->
                choice.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
            case Takes.ListOf(Takes.Nested nested) -> "list of mappings";
            case Takes.ListOf(Takes.MapOf map) -> "list of mappings";
            case Takes.ListOf(Takes item) -> "list of " + takes(item);
            case Takes.Nested nested -> "mapping";
            case Takes.MapOf map -> "mapping";
            case Takes.Anything anything -> "anything";
        };
    }

    private static String whole(long least, long most) {
        if (most == Long.MAX_VALUE) {
            return least == Long.MIN_VALUE || least == 0 ? "whole number" : "whole number from " + least;
        }
        return "whole number, " + least + " to " + most;
    }
}
