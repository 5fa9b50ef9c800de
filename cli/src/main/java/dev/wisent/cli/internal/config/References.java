package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import dev.wisent.api.config.ConfigNode.Kind;
import dev.wisent.api.config.ConfigNode.Origin;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/// Replaces the references inside scalars: `${NAME}`, `${NAME:-default}`, `${env://NAME}`, `${gsm://name}`, and as whole
/// values `env://NAME`, `gsm://name` and `BIZON_ENV_NAME`. `$$` is a dollar sign. What a reference brought is text, never
/// parsed again, and remembered so that no message shows it (R14).
public final class References {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
    private static final String ENV = "env://";
    private static final String LEGACY = "BIZON_ENV_";
    private static final String DEFAULT = ":-";

    private final Variables variables;
    private final SecretStores stores;
    private final ConfigProblems problems;
    private final Set<String> values = new LinkedHashSet<>();
    private final List<Found> found = new ArrayList<>();

    References(Variables variables, SecretStores stores, ConfigProblems problems) {
        this.variables = variables;
        this.stores = stores;
        this.problems = problems;
    }

    /// `text` with its references to variables resolved. What is wrong with them is told where the whole file is resolved.
    static String variables(String text, Variables variables, Place place) {
        ConfigNode.Scalar scalar = new ConfigNode.Scalar(text, Kind.TEXT, Origin.FILE, place);
        return new References(variables, SecretStores.none(scalar), new ConfigProblems()).new Spot(scalar, "")
                .resolved()
                .text();
    }

    /// A reference that stands in the file.
    ///
    /// @param path the dotted key
    /// @param written as it stands there, but for its default, which may be a secret
    /// @param outcome what became of it
    public record Found(Place place, String path, String written, Outcome outcome) {}

    /// @param detail never a value
    public record Outcome(State state, String detail) {
        public enum State {
            RESOLVED,
            DEFAULT,
            UNRESOLVED
        }
    }

    /// Everything references brought so far.
    Set<String> values() {
        return Set.copyOf(values);
    }

    /// Every reference met so far, in the order of the file.
    List<Found> found() {
        return List.copyOf(found);
    }

    ConfigNode resolve(ConfigNode node, String path) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> new Spot(scalar, path).resolved();
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

    /// A scalar that may hold references.
    private final class Spot {
        private final ConfigNode.Scalar scalar;
        private final String path;

        Spot(ConfigNode.Scalar scalar, String path) {
            this.scalar = scalar;
            this.path = path;
        }

        ConfigNode.Scalar resolved() {
            String text = scalar.text();
            if (text.startsWith(ENV)
                    && NAME.matcher(text.substring(ENV.length()).strip()).matches()) {
                return value(variable(text.substring(ENV.length()).strip(), text));
            }
            Optional<String> scheme = stores.scheme(text);
            if (scheme.isPresent()) {
                return value(secret(scheme.get(), text, text));
            }
            if (text.startsWith(LEGACY) && NAME.matcher(text).matches()) {
                Optional<String> found = variables.find(text).or(() -> variables.find(text.substring(LEGACY.length())));
                return value(known(found, text, text));
            }
            return text.indexOf('$') < 0 ? scalar : inline(text);
        }

        private ConfigNode.Scalar inline(String text) {
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
                        unresolved("${", "a reference '${' does not end with '}'", "a dollar sign itself is '$$'");
                        return scalar;
                    }
                    result.append(token(text.substring(at + 2, end)));
                    referred = true;
                    at = end + 1;
                } else {
                    result.append(c);
                    at++;
                }
            }
            return referred
                    ? value(result.toString())
                    : new ConfigNode.Scalar(result.toString(), scalar.kind(), scalar.origin(), scalar.place());
        }

        private String token(String written) {
            String token = written.strip();
            Optional<String> scheme = stores.scheme(token);
            if (scheme.isPresent()) {
                return secret(scheme.get(), token, "${" + written + "}");
            }
            int split = token.indexOf(DEFAULT);
            String name = (split < 0 ? token : token.substring(0, split)).strip();
            if (name.startsWith(ENV)) {
                name = name.substring(ENV.length()).strip();
            }
            if (!NAME.matcher(name).matches()) {
                unresolved(
                        "${…}",
                        "'${" + name + "}' is no reference",
                        "${NAME}, ${NAME:-default} or ${env://NAME}; a dollar sign itself is '$$'");
                return "";
            }
            if (split < 0) {
                return variable(name, "${" + written + "}");
            }
            String shown = "${" + name + ":-…}";
            Optional<String> filled = variables.find(name).filter(value -> !value.isEmpty());
            found(shown, filled.isPresent() ? Outcome.State.RESOLVED : Outcome.State.DEFAULT, "");
            return remember(filled.orElse(token.substring(split + DEFAULT.length())));
        }

        private String variable(String name, String shown) {
            return known(variables.find(name), name, shown);
        }

        private String known(Optional<String> value, String name, String shown) {
            if (value.isPresent()) {
                found(shown, Outcome.State.RESOLVED, "");
            } else {
                unresolved(
                        shown,
                        "the variable " + name + " is not set",
                        "set it in the environment, in .env, or in the file of --env-file");
            }
            return remember(value.orElse(""));
        }

        private String secret(String scheme, String reference, String shown) {
            SecretStores.Answer answer = stores.find(
                    scheme,
                    reference
                            .substring(scheme.length() + SecretStores.SEPARATOR.length())
                            .strip());
            return switch (answer) {
                case SecretStores.Answer.Value(String value) -> {
                    found(shown, Outcome.State.RESOLVED, "");
                    yield remember(value);
                }
                case SecretStores.Answer.None(String why, String hint) -> {
                    unresolved(shown, why, hint);
                    yield "";
                }
            };
        }

        private void unresolved(String shown, String why, String hint) {
            problems.add(scalar.place(), path, why, hint);
            found(shown, Outcome.State.UNRESOLVED, why);
        }

        private void found(String shown, Outcome.State state, String detail) {
            found.add(new Found(scalar.place(), path, shown, new Outcome(state, detail)));
        }

        private ConfigNode.Scalar value(String value) {
            remember(value);
            return new ConfigNode.Scalar(value, Kind.TEXT, Origin.REFERENCE, scalar.place());
        }
    }

    private String remember(String value) {
        values.add(value);
        return value;
    }
}
