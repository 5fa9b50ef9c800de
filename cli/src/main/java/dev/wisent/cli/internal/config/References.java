package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import dev.wisent.api.config.ConfigNode.Kind;
import dev.wisent.api.config.ConfigNode.Origin;
import dev.wisent.api.config.ConfigProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/// Replaces the references inside scalars: `${NAME}`, `${NAME:-default}`, `${env://NAME}`, and as whole values
/// `env://NAME` and
/// `BIZON_ENV_NAME`. `$$` is a dollar sign. What a reference brought is text, never parsed again, and remembered so
/// that no message shows it (R14).
final class References {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
    private static final String ENV = "env://";
    private static final String GSM = "gsm://";
    private static final String LEGACY = "BIZON_ENV_";
    private static final String DEFAULT = ":-";

    private final Variables variables;
    private final ConfigProblems problems;
    private final Set<String> values = new LinkedHashSet<>();

    References(Variables variables, ConfigProblems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /// Everything references brought so far.
    Set<String> values() {
        return Set.copyOf(values);
    }

    ConfigNode resolve(ConfigNode node, String path) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> scalar(scalar, path);
            case ConfigNode.Sequence sequence -> {
                List<ConfigNode> items = new ArrayList<>();
                for (ConfigNode item : sequence.items()) {
                    items.add(resolve(item, path + "[" + items.size() + "]"));
                }
                yield new ConfigNode.Sequence(items, sequence.place());
            }
            case ConfigNode.Mapping mapping -> {
                SequencedMap<String, Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> entries.put(
                                key,
                                new Entry(
                                        entry.keyPlace(),
                                        resolve(entry.value(), path.isEmpty() ? key : path + "." + key))));
                yield new ConfigNode.Mapping(entries, mapping.place());
            }
        };
    }

    private ConfigNode scalar(ConfigNode.Scalar scalar, String path) {
        String text = scalar.text();
        if (text.startsWith(ENV)
                && NAME.matcher(text.substring(ENV.length()).strip()).matches()) {
            return resolved(scalar, look(text.substring(ENV.length()).strip(), scalar, path));
        }
        if (text.startsWith(GSM)) {
            refuseSecretManager(scalar, path);
            return scalar;
        }
        if (text.startsWith(LEGACY) && NAME.matcher(text).matches()) {
            String bare = text.substring(LEGACY.length());
            Optional<String> found = variables.find(text).or(() -> variables.find(bare));
            if (found.isEmpty()) {
                unset(text, scalar, path);
            }
            return resolved(scalar, found.orElse(""));
        }
        return text.indexOf('$') < 0 ? scalar : inline(scalar, path);
    }

    private ConfigNode inline(ConfigNode.Scalar scalar, String path) {
        String text = scalar.text();
        StringBuilder result = new StringBuilder();
        boolean referred = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$' && text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else if (c == '$' && text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    problems.add(
                            scalar.place(),
                            path,
                            "a reference '${' does not end with '}'",
                            "a dollar sign itself is '$$'");
                    return scalar;
                }
                result.append(token(text.substring(at + 2, end), scalar, path));
                referred = true;
                at = end + 1;
            } else {
                result.append(c);
                at++;
            }
        }
        return referred
                ? resolved(scalar, result.toString())
                : new ConfigNode.Scalar(result.toString(), scalar.kind(), scalar.origin(), scalar.place());
    }

    private String token(String written, ConfigNode.Scalar scalar, String path) {
        String token = written.strip();
        if (token.startsWith(GSM)) {
            refuseSecretManager(scalar, path);
            return "";
        }
        int split = token.indexOf(DEFAULT);
        String name = (split < 0 ? token : token.substring(0, split)).strip();
        if (name.startsWith(ENV)) {
            name = name.substring(ENV.length()).strip();
        }
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    scalar.place(),
                    path,
                    "'${" + written + "}' is no reference",
                    "${NAME}, ${NAME:-default} or ${env://NAME}; a dollar sign itself is '$$'");
            return "";
        }
        if (split >= 0) {
            return remember(variables
                    .find(name)
                    .filter(value -> !value.isEmpty())
                    .orElse(token.substring(split + DEFAULT.length())));
        }
        return look(name, scalar, path);
    }

    private String look(String name, ConfigNode.Scalar scalar, String path) {
        Optional<String> found = variables.find(name);
        if (found.isEmpty()) {
            unset(name, scalar, path);
        }
        return remember(found.orElse(""));
    }

    private void unset(String name, ConfigNode.Scalar scalar, String path) {
        problems.add(
                scalar.place(),
                path,
                "the variable " + name + " is not set",
                "set it in the environment, in .env, or in the file of --env-file");
    }

    private void refuseSecretManager(ConfigNode.Scalar scalar, String path) {
        problems.add(
                scalar.place(),
                path,
                "gsm:// (Google Secret Manager) is not available in this version yet",
                "put the secret into a variable and write env://NAME");
    }

    private String remember(String value) {
        values.add(value);
        return value;
    }

    private ConfigNode.Scalar resolved(ConfigNode.Scalar scalar, String value) {
        remember(value);
        return new ConfigNode.Scalar(value, Kind.TEXT, Origin.REFERENCE, scalar.place());
    }
}
