package dev.wisent.dist;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A part of a pipeline, as pages show it, made whole.
final class Completed {
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^(\\w+):");
    private static final Pattern VARIABLE = Pattern.compile("(?:env://|\\$\\{|BIZON_ENV_)(\\w++)(?!:-)");
    private static final Map<String, String> REST = Map.of(
            "name", "page",
            "source", "{name: dummy, stream: creatures, authentication: {type: api_key, params: {token: none}}}",
            "destination", "{name: file, config: {path: page/}}");

    private Completed() {}

    /// A pipeline file with `text` in it.
    ///
    /// @param partOf the key whose value `text` is; empty: it begins at the top
    static String pipeline(String text, Optional<String> partOf) {
        String begun = partOf.map(key -> key + ":\n" + text.indent(2)).orElse(text);
        TreeSet<String> missing = new TreeSet<>(REST.keySet());
        TOP_LEVEL.matcher(begun).results().forEach(key -> missing.remove(key.group(1)));
        if (begun.startsWith("sink:") || begun.contains("\nsink:")) {
            missing.clear(); // the form that needs neither a name nor a destination
        }
        var whole = new StringBuilder(begun);
        missing.forEach(
                key -> whole.append(key).append(": ").append(REST.get(key)).append('\n'));
        return whole.toString();
    }

    /// The variables that `pipeline` refers to.
    static Set<String> variables(String pipeline) {
        Set<String> variables = new TreeSet<>();
        VARIABLE.matcher(pipeline).results().forEach(variable -> variables.add(variable.group(1)));
        return variables;
    }
}
