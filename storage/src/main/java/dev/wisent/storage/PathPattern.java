package dev.wisent.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A pattern of paths: `*` and `?` stay inside a folder, `**` crosses them (also none), `{a,b}` and `[a-z]`, `[!a]`
/// choose, `\` takes the next character as it is. Names that begin with a dot or an underscore match only where the
/// pattern spells that character.
///
/// @param names what relative paths must match
/// @param prefix what every match begins with: for listing
public record PathPattern(Pattern names, String prefix) {
    private static final String WILD = "*?[{\\";
    private static final String VISIBLE = "(?![._])";

    /// An [IllegalArgumentException] says what is wrong.
    public static PathPattern parse(String text) {
        try {
            return new PathPattern(
                    Pattern.compile(new Translation(text).regex(), Pattern.DOTALL),
                    text.substring(0, firstWildcard(text)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no pattern: " + e.getDescription(), e);
        }
    }

    /// Where the first wildcard stands; the length if there is none.
    public static int firstWildcard(String text) {
        int wild = 0;
        while (wild < text.length() && WILD.indexOf(text.charAt(wild)) < 0) {
            wild++;
        }
        return wild;
    }

    public boolean matches(String relative) {
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
