package dev.wisent.dist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a page shows below a command. Times, rates, ids of runs and folders may differ from what was told; `…` in a line stands
/// for any text, and a line that is `…` for any lines.
record Shown(String text, Numbers numbers) {
    enum Numbers {
        COUNT,
        /// They are others each time, but in lines that hold nothing else.
        VARY
    }

    private static final List<Mask> MASKS = List.of(
            new Mask("\\d{8}T\\d{6}-[0-9a-f]{10}", "RUN"),
            new Mask("-w\\d+", "-wN"),
            new Mask("\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+Z", "TIME"),
            new Mask("\\(process \\d+ on [^)]+\\)", "(process N on HOST)"),
            new Mask("\\b[\\d,.]+ (s|ms|rows/s|MB/s)\\b", "N $1"),
            new Mask("\\b\\d+ commits?\\b", "N commits"),
            new Mask("on \\S+ \\(process \\d+\\)", "on HOST (process N)"),
            new Mask("[ \\t]+", " "),
            new Mask(" $", ""));
    private static final Mask NUMBER = new Mask("\\b\\d[\\d,]*\\b", "N");
    private static final Pattern NUMBER_ALONE = Pattern.compile("\\d+");
    /// A terminal writes over it.
    private static final Pattern PROGRESS = Pattern.compile("^\\S+ +[\\d,]+ rows?, +[\\d,]+ rows/s.*");

    private static final String ANY = "…";

    private record Mask(Pattern what, String with) {
        Mask(String what, String with) {
            this(Pattern.compile(what), with);
        }

        String over(String line) {
            return what.matcher(line).replaceAll(with);
        }
    }

    /// Whether it was told as shown. `folder` is what a page calls `/home/you`.
    boolean is(String told, Path folder) {
        var pattern = new StringBuilder();
        for (String line : masked(text, folder)) {
            if (line.equals(ANY)) {
                pattern.append("(?:.*\n)*?");
                continue;
            }
            String rest = line;
            for (int any = rest.indexOf(ANY); any >= 0; any = rest.indexOf(ANY)) {
                pattern.append(Pattern.quote(rest.substring(0, any))).append(".*");
                rest = rest.substring(any + ANY.length());
            }
            pattern.append(Pattern.quote(rest)).append('\n');
        }
        return Pattern.matches(pattern.toString(), compared(told, folder));
    }

    /// The lines of `other` without what may differ.
    String compared(String other, Path folder) {
        return String.join("\n", masked(other, folder)) + "\n";
    }

    private List<String> masked(String other, Path folder) {
        List<String> lines = new ArrayList<>();
        for (String line : other.stripTrailing().lines().toList()) {
            if (PROGRESS.matcher(line).matches()) {
                continue;
            }
            String masked = line.replace(folder.toString(), "/home/you").replace("/home/you/wisent", "/home/you");
            for (Mask mask : MASKS) {
                masked = mask.over(masked);
            }
            boolean vary =
                    numbers == Numbers.VARY && !NUMBER_ALONE.matcher(line).matches();
            lines.add(vary ? NUMBER.over(masked) : masked);
        }
        return lines;
    }
}
