package dev.wisent.connectors.core.files;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A path pattern: `*` and `?` stay inside a folder, `**` crosses them (also none), `{a,b}` and `[a-z]`, `[!a]` choose,
/// `\` takes the next character as it is. Names that begin with a dot or an underscore match only where the pattern
/// spells that character.
///
/// @param root the folder above the first wildcard: where listing starts
/// @param names what paths relative to the root, with slashes, must match
/// @param depth how deep below the root files can lie
/// @param spellsHidden whether hidden folders may have to be entered
record Glob(Path root, Pattern names, int depth, boolean spellsHidden) {
    private static final String WILD = "*?[{\\";
    private static final String VISIBLE = "(?![._])";

    /// A pattern without wildcards names one file, or a folder with everything in it. An [IllegalArgumentException]
    /// says what is wrong.
    static Glob parse(String text, boolean isFolder) {
        String pattern = isFolder ? text.replaceAll("/+$", "") + "/**" : text;
        int wild = 0;
        while (wild < pattern.length() && WILD.indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        int slash = wild == pattern.length() ? pattern.lastIndexOf('/') : pattern.lastIndexOf('/', wild);
        String below = pattern.substring(slash + 1);
        String above = slash == 0 ? "/" : pattern.substring(0, Math.max(0, slash));
        try {
            return new Glob(
                    Path.of(above).toAbsolutePath().normalize(),
                    Pattern.compile(new Translation(below).regex()),
                    below.contains("**")
                            ? Integer.MAX_VALUE
                            : (int) below.chars().filter(c -> c == '/').count() + 1,
                    below.startsWith(".") || below.startsWith("_") || below.matches(".*[/{,][._].*"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no pattern: " + e.getDescription(), e);
        }
    }

    boolean matches(String relative) {
        return names.matcher(relative).matches();
    }

    /// One pass over the text.
    private static final class Translation {
        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        /// For each open brace: whether it stands at the start of a name.
        private final Deque<Boolean> open = new ArrayDeque<>();
        /// At the start of a name, where a wildcard takes no dot or underscore.
        private boolean start = true;

        Translation(String text) {
            this.text = text;
        }

        String regex() {
            while (at < text.length()) {
                step(text.charAt(at++));
            }
            if (!open.isEmpty()) {
                throw new IllegalArgumentException("is no pattern: '{' without '}'");
            }
            return regex.toString();
        }

        private void step(char c) {
            switch (c) {
                case '*' -> star();
                case '?' -> wild("[^/]");
                case '[' -> wild(choice());
                case '{' -> {
                    open.push(start);
                    regex.append("(?:");
                }
                case '}' -> {
                    regex.append(open.poll() != null ? ")" : "\\}");
                    start = false;
                }
                case ',' -> {
                    regex.append(open.isEmpty() ? "," : "|");
                    start = !open.isEmpty() && open.element();
                }
                case '/' -> {
                    regex.append('/');
                    start = true;
                }
                case '\\' -> {
                    if (at == text.length()) {
                        throw new IllegalArgumentException("is no pattern: nothing follows the last '\\'");
                    }
                    literal(text.charAt(at++));
                }
                default -> literal(c);
            }
        }

        private void star() {
            boolean two = at < text.length() && text.charAt(at) == '*';
            if (!two) {
                wild("[^/]*");
                return;
            }
            at++;
            if (at < text.length() && text.charAt(at) == '/') {
                at++;
                regex.append("(?:").append(VISIBLE).append("[^/]+/)*");
                start = true;
            } else {
                regex.append("(?:").append(start ? VISIBLE : "").append("[^/]+/)*");
                wild("[^/]*");
            }
        }

        private void wild(String one) {
            regex.append(start ? VISIBLE : "").append(one);
            start = false;
        }

        private String choice() {
            int end = text.indexOf(']', at + 1);
            if (end < 0) {
                throw new IllegalArgumentException("is no pattern: '[' without ']'");
            }
            String inside = text.substring(at, end)
                    .replace("\\", "\\\\")
                    .replace("[", "\\[")
                    .replace("&", "\\&");
            at = end + 1;
            return inside.startsWith("!") ? "[^/" + inside.substring(1) + "]" : "[" + inside + "]";
        }

        private void literal(char c) {
            regex.append(Pattern.quote(String.valueOf(c)));
            start = false;
        }
    }
}
