package dev.wisent.columnar;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the records lie in a JSON document: `$` (the document is one record), `$[*]`, `$.features[*]`, `$.a.b[*]`, `$.a`
/// (one record), `$['a key'][*]`.
///
/// @param keys the keys to follow from the root
/// @param yields what is found there
public record RecordsPath(List<String> keys, Yields yields) {
    /// Elements of a root array, or a root object as one record.
    public static final RecordsPath AUTOMATIC = new RecordsPath(List.of(), Yields.EITHER);

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]'\"*]+)|\\['([^']*)'\\]");
    private static final String EACH = "[*]";

    public RecordsPath {
        keys = List.copyOf(keys);
    }

    /// What lies at the end of the path.
    public enum Yields {
        /// An array: each element is a record.
        ELEMENTS,
        /// One record.
        ONE,
        /// Either, by what is found.
        EITHER
    }

    /// Reads a path; refuses anything but keys and one last `[*]`.
    public static RecordsPath parse(String text) {
        String steps = text.endsWith(EACH) ? text.substring(0, text.length() - EACH.length()) : text;
        if (!steps.startsWith("$")) {
            throw refused(text);
        }
        List<String> keys = new ArrayList<>();
        Matcher matcher = STEP.matcher(steps);
        int at = 1;
        while (at < steps.length() && matcher.find(at) && matcher.start() == at) {
            keys.add(steps.charAt(at) == '.' ? matcher.group(1) : matcher.group(2));
            at = matcher.end();
        }
        if (at < steps.length()) {
            throw refused(text);
        }
        return new RecordsPath(keys, text.endsWith(EACH) ? Yields.ELEMENTS : Yields.ONE);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("records_path '" + text
                + "' is not understood: write $, $[*], $.key[*], $.key.other[*], $['any key'][*] or $.key");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        keys.forEach(key -> text.append("['").append(key).append("']"));
        return text.append(yields == Yields.ONE ? "" : EACH).toString();
    }
}
