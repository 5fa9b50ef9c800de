package dev.wisent.api.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// A mapping of the configuration, read key by key. A reading that fails adds a problem and returns a stand-in of the
/// right type, so that reading
/// goes on; whoever holds the [ConfigProblems] refuses to run when there are any. [#done] reports the keys nobody
/// asked for.
///
/// One thread. Values that came from a reference never appear in a message (R14).
public final class ConfigSection {
    private final String path;
    private final ConfigNode.Mapping node;
    private final ConfigProblems problems;
    /// Keys whose path is another one than the section's.
    private final Map<String, String> paths;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, String> elsewhere = new HashMap<>();
    private Optional<ConfigShape> shape = Optional.empty();

    public ConfigSection(String path, ConfigNode.Mapping node, ConfigProblems problems) {
        this(path, node, problems, Map.of());
    }

    private ConfigSection(String path, ConfigNode.Mapping node, ConfigProblems problems, Map<String, String> paths) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.paths = paths;
    }

    /// A section that is not there, at the place it would be looked for: every key is missing.
    public static ConfigSection absent(String path, Place place, ConfigProblems problems) {
        return new ConfigSection(path, new ConfigNode.Mapping(new LinkedHashMap<>(), place), problems);
    }

    public String path() {
        return path;
    }

    /// Says which keys may stand here: others are reported at once, idle ones are warned of, refused ones are reported.
    /// From now on [#read] takes only keys of this shape.
    ///
    /// @return this
    public ConfigSection expect(ConfigShape expected) {
        shape = Optional.of(expected);
        known.addAll(expected.names());
        for (Key<?> key : expected.keys()) {
            if (key.sensitivity() == Key.Sensitivity.SECRET) {
                raw(spelled(key.name(), key.aliases())).ifPresent(this::conceal);
            }
            if (key.use() == Key.Use.IDLE && has(key.name())) {
                problems.warn(place(key.name()), child(key.name()), "means nothing here: " + key.about());
            } else if (key.use() == Key.Use.REFUSED
                    && raw(key.name()).filter(ConfigSection::says).isPresent()) {
                problem(key.name(), "'" + key.name() + "' " + key.about(), key.example());
            }
        }
        done();
        return this;
    }

    /// Keys that belong elsewhere, for the hint when one of them stands here. Call it before [#expect].
    ///
    /// @param where the dotted path they belong under
    /// @return this
    public ConfigSection elsewhere(ConfigShape keys, String where) {
        keys.keys().forEach(key -> elsewhere.putIfAbsent(key.name(), "it belongs under '" + where + "'"));
        return this;
    }

    /// The value of a key; its default when it is missing; a stand-in when it must be there and is not, or is wrong,
    /// which is reported.
    ///
    /// @throws IllegalStateException when the section [expects][#expect] a shape that has not this key
    public <T> T read(Key<T> key) {
        if (shape.filter(expected -> !expected.declares(key)).isPresent()) {
            throw new IllegalStateException("the key '" + key + "' is not declared for " + path);
        }
        known.add(key.name());
        known.addAll(key.aliases());
        return key.read(this);
    }

    /// This section together with the one under `key`: the keys of both, read as if they stood in one place. A key that
    /// stands in both is reported. Messages name the place and the path where a key really stands.
    public ConfigSection together(String key) {
        SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>(node.entries());
        entries.remove(key);
        Map<String, String> moved = new HashMap<>(paths);
        Optional<ConfigSection> inner = section(key);
        inner.ifPresent(section -> section.node.entries().forEach((name, entry) -> {
            if (entries.putIfAbsent(name, entry) == null) {
                moved.put(name, section.child(name));
            } else {
                section.problem(
                        name,
                        "'" + name + "' stands under '" + key + "' and beside it",
                        "the other one is at " + place(name) + "; keep one of them");
            }
        }));
        return new ConfigSection(path, new ConfigNode.Mapping(entries, node.place()), problems, moved);
    }

    public Place place() {
        return node.place();
    }

    /// Where `key` stands, or the section when it is not there.
    public Place place(String key) {
        ConfigNode.Entry entry = node.entries().get(key);
        return entry == null ? node.place() : entry.keyPlace();
    }

    public boolean has(String key) {
        return raw(key).isPresent();
    }

    /// The keys there are, in order.
    public Set<String> keys() {
        return new LinkedHashSet<>(node.entries().sequencedKeySet());
    }

    /// Accepts `key` without reading it.
    public void ignore(String key) {
        known.add(key);
    }

    public String text(String key) {
        return optionalText(key).orElseGet(() -> missing(key, ""));
    }

    public String text(String key, String standard) {
        return optionalText(key).orElse(standard);
    }

    /// Any scalar as text; empty when the key is missing or null.
    public Optional<String> optionalText(String key) {
        return scalar(key).map(ConfigNode.Scalar::text);
    }

    <T> Optional<T> oneOf(String key, Takes.Choice choice, Map<String, T> values) {
        return scalar(key).flatMap(scalar -> {
            String word = scalar.text().strip().toLowerCase(Locale.ROOT);
            Optional<T> found = Optional.ofNullable(values.get(word));
            if (found.isEmpty() && choice.refused().containsKey(word)) {
                problem(
                        key,
                        "'" + word + "' is not available in this version yet",
                        choice.refused().getOrDefault(word, ""));
            } else if (found.isEmpty()) {
                problem(
                        key,
                        "must be one of " + String.join(", ", choice.words()) + written(scalar),
                        guess(scalar, choice.words()));
            }
            return found;
        });
    }

    public Optional<ConfigSection> section(String key) {
        return raw(key).flatMap(value -> {
            if (value instanceof ConfigNode.Mapping mapping) {
                return Optional.of(new ConfigSection(child(key), mapping, problems));
            }
            problem(key, "must be a mapping (key: value)", "");
            return Optional.empty();
        });
    }

    /// The mappings of a list; empty when the key is missing.
    public List<ConfigSection> sections(String key) {
        List<ConfigSection> sections = new ArrayList<>();
        List<ConfigNode> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            String itemPath = child(key) + "[" + i + "]";
            if (items.get(i) instanceof ConfigNode.Mapping mapping) {
                sections.add(new ConfigSection(itemPath, mapping, problems));
            } else {
                problems.add(items.get(i).place(), itemPath, "must be a mapping (key: value)", "");
            }
        }
        return sections;
    }

    /// The scalars of a list; a single scalar counts as a list of one.
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (ConfigNode item : items(key)) {
            if (item instanceof ConfigNode.Scalar scalar) {
                texts.add(scalar.text());
            } else {
                problems.add(item.place(), child(key), "must be a list of plain values", "");
            }
        }
        return texts;
    }

    /// The value as it stands, for readers with rules of their own.
    public Optional<ConfigNode> raw(String key) {
        known.add(key);
        return Optional.ofNullable(node.entries().get(key))
                .map(ConfigNode.Entry::value)
                .filter(value -> !(value instanceof ConfigNode.Scalar s && s.kind() == ConfigNode.Kind.NULL));
    }

    /// The plain value of `key` for a message: in quotes, or nothing when it came from a reference or is a secret (R14).
    public String quoted(String key) {
        boolean secret = shape.flatMap(expected -> expected.key(key))
                .filter(declared -> declared.sensitivity() == Key.Sensitivity.SECRET)
                .isPresent();
        return raw(key).map(
                        value -> !secret && value instanceof ConfigNode.Scalar s && s.origin() == ConfigNode.Origin.FILE
                                ? " '" + s.text() + "'"
                                : "")
                .orElse("");
    }

    void unfit(String key, String what, String why) {
        String shown = quoted(key);
        problem(key, "must be " + what + (shown.isEmpty() ? "" : ", not" + shown), shown.isEmpty() ? "" : why);
    }

    /// Reports that `key` must be there, if it is not.
    void missing(String key) {
        if (!has(key)) {
            problems.add(node.place(), child(key), "'" + key + "' is missing", "");
        }
    }

    /// The name under which a key stands here.
    String spelled(String name, List<String> aliases) {
        String spelled = name;
        for (String alias : aliases) {
            if (has(alias) && has(spelled)) {
                problem(alias, "means the same as '" + spelled + "', which stands here too", "keep one of them");
            } else if (has(alias)) {
                spelled = alias;
            }
        }
        return spelled;
    }

    private void conceal(ConfigNode value) {
        switch (value) {
            case ConfigNode.Scalar scalar -> problems.conceal(scalar.text());
            case ConfigNode.Sequence sequence -> sequence.items().forEach(this::conceal);
            case ConfigNode.Mapping mapping -> mapping.entries().values().forEach(entry -> conceal(entry.value()));
        }
    }

    /// An empty section in place of one that is not there.
    ConfigSection without(String key) {
        return absent(child(key), place(key), problems);
    }

    private static boolean says(ConfigNode value) {
        return switch (value) {
            case ConfigNode.Mapping mapping -> !mapping.entries().isEmpty();
            case ConfigNode.Sequence sequence -> !sequence.items().isEmpty();
            case ConfigNode.Scalar scalar -> true;
        };
    }

    /// Reports a problem with `key` at its place.
    public void problem(String key, String message, String hint) {
        problems.add(place(key), child(key), message, hint);
    }

    /// Reports every key that nobody asked for, with the closest one that exists.
    public void done() {
        node.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String hint = Optional.ofNullable(elsewhere.get(key))
                        .or(() -> Suggestion.closest(key, known).map(s -> "did you mean '" + s + "'?"))
                        .orElseGet(this::knownHere);
                problems.add(entry.keyPlace(), child(key), "unknown key '" + key + "'", hint);
            }
        });
    }

    private String knownHere() {
        List<String> names = shape.map(expected -> expected.keys().stream()
                        .filter(key -> key.use() == Key.Use.READ)
                        .map(Key::name)
                        .filter(name -> !name.startsWith("$"))
                        .toList())
                .orElseGet(() -> List.copyOf(known));
        return names.isEmpty() ? "" : "known here: " + String.join(", ", names);
    }

    private List<ConfigNode> items(String key) {
        return raw(key).map(value -> switch (value) {
                    case ConfigNode.Sequence sequence -> sequence.items();
                    case ConfigNode.Scalar scalar -> List.<ConfigNode>of(scalar);
                    case ConfigNode.Mapping mapping -> {
                        problem(key, "must be a list", "");
                        yield List.<ConfigNode>of();
                    }
                })
                .orElse(List.of());
    }

    private Optional<ConfigNode.Scalar> scalar(String key) {
        return raw(key).flatMap(value -> {
            if (value instanceof ConfigNode.Scalar scalar) {
                return Optional.of(scalar);
            }
            problem(key, "must be a plain value", "");
            return Optional.empty();
        });
    }

    /// @param what completes "must be"
    /// @param parse throws `IllegalArgumentException` for what does not fit
    <T> Optional<T> parsed(String key, String what, Function<String, T> parse) {
        return scalar(key).flatMap(scalar -> {
            try {
                return Optional.of(parse.apply(scalar.text().strip()));
            } catch (IllegalArgumentException e) {
                unfit(key, what, "");
                return Optional.empty();
            }
        });
    }

    /// What the file says instead, unless it came from a reference (R14).
    private static String written(ConfigNode.Scalar scalar) {
        return scalar.origin() == ConfigNode.Origin.FILE ? ", not '" + scalar.text() + "'" : "";
    }

    private static String guess(ConfigNode.Scalar scalar, List<String> names) {
        return scalar.origin() == ConfigNode.Origin.FILE
                ? Suggestion.closest(scalar.text(), names)
                        .map(s -> "did you mean '" + s + "'?")
                        .orElse("")
                : "";
    }

    private <T> T missing(String key, T standIn) {
        missing(key);
        return standIn;
    }

    private String child(String key) {
        return paths.getOrDefault(key, path.isEmpty() ? key : path + "." + key);
    }
}
