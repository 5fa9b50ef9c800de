package dev.wisent.api.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A mapping of the configuration, read key by key. A reading that fails adds a problem and returns a stand-in of the
/// right type, so that reading
/// goes on; whoever holds the [ConfigProblems] refuses to run when there are any. [#done] reports the keys nobody
/// asked
/// for.
///
/// One thread. Values that came from a reference never appear in a message (R14).
public final class ConfigSection {
    /// Longer than anybody waits, and its nanoseconds fit a `long`.
    private static final double MOST_SECONDS = 3e9;
    /// 8 EB: its bytes just fit a `long`.
    private static final double MOST_MEGABYTES = 8e12;

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private final String path;
    private final ConfigNode.Mapping node;
    private final ConfigProblems problems;
    private final Set<String> known = new LinkedHashSet<>();

    public ConfigSection(String path, ConfigNode.Mapping node, ConfigProblems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /// A section that is not there, at the place it would be looked for: every key is missing.
    public static ConfigSection absent(String path, Place place, ConfigProblems problems) {
        return new ConfigSection(path, new ConfigNode.Mapping(new LinkedHashMap<>(), place), problems);
    }

    public String path() {
        return path;
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

    public long integer(String key, long standard) {
        return optionalInteger(key).orElse(standard);
    }

    public long requiredInteger(String key) {
        return optionalInteger(key).orElseGet(() -> missing(key, 0L));
    }

    public Optional<Long> optionalInteger(String key) {
        return parsed(key, "a whole number", text -> Long.valueOf(text.replace("_", "")));
    }

    /// A whole number within bounds, both included.
    public long integer(String key, long standard, long least, long most) {
        String what = most == Long.MAX_VALUE
                ? "a whole number of at least " + least
                : "a whole number between " + least + " and " + most;
        return parsed(key, what, text -> {
                    long value = Long.parseLong(text.replace("_", ""));
                    if (value < least || value > most) {
                        throw new IllegalArgumentException(text);
                    }
                    return value;
                })
                .orElse(standard);
    }

    /// A number that may have a fraction.
    public double number(String key, double standard) {
        return parsed(key, "a number", ConfigSection::decimal).orElse(standard);
    }

    /// A time in seconds, fractions allowed, not negative.
    public Duration seconds(String key, Duration standard) {
        return parsed(key, "a number of seconds, 0 or more", text -> {
                    double value = decimal(text);
                    if (value < 0 || value > MOST_SECONDS) {
                        throw new IllegalArgumentException(text);
                    }
                    return Duration.ofNanos(Math.round(value * 1e9));
                })
                .orElse(standard);
    }

    /// A size in MB (2^20 bytes), fractions allowed, not negative; in bytes.
    public long megabytes(String key, long standardBytes) {
        return parsed(key, "a number of MB, 0 or more", text -> {
                    double value = decimal(text);
                    if (value < 0 || value > MOST_MEGABYTES) {
                        throw new IllegalArgumentException(text);
                    }
                    return Math.round(value * (1 << 20));
                })
                .orElse(standardBytes);
    }

    public boolean truth(String key, boolean standard) {
        return parsed(key, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> throw new IllegalArgumentException(text);
                })
                .orElse(standard);
    }

    /// One of an enum's constants, spelled in lower case.
    public <E extends Enum<E>> E choice(String key, Class<E> type, E standard) {
        return optionalChoice(key, type).orElse(standard);
    }

    /// One of an enum's constants, spelled in lower case; empty when the key is missing, or says something else,
    /// which
    /// is a problem.
    public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .toList();
        return scalar(key).flatMap(scalar -> {
            int index = names.indexOf(scalar.text().strip().toLowerCase(Locale.ROOT));
            if (index < 0) {
                problem(key, "must be one of " + String.join(", ", names) + written(scalar), guess(scalar, names));
                return Optional.empty();
            }
            return Optional.of(type.getEnumConstants()[index]);
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

    /// The plain value of `key` for a message: in quotes, or nothing when it came from a reference (R14).
    public String quoted(String key) {
        return raw(key).map(value -> value instanceof ConfigNode.Scalar s && s.origin() == ConfigNode.Origin.FILE
                        ? " '" + s.text() + "'"
                        : "")
                .orElse("");
    }

    /// Reports a problem with `key` at its place.
    public void problem(String key, String message, String hint) {
        problems.add(place(key), child(key), message, hint);
    }

    /// Reports every key that nobody asked for, with the closest one that exists.
    public void done() {
        node.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String hint = Suggestion.closest(key, known)
                        .map(s -> "did you mean '" + s + "'?")
                        .orElse(known.isEmpty() ? "" : "known here: " + String.join(", ", known));
                problems.add(entry.keyPlace(), child(key), "unknown key '" + key + "'", hint);
            }
        });
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

    private <T> Optional<T> parsed(String key, String what, Function<String, T> parse) {
        return scalar(key).flatMap(scalar -> {
            try {
                return Optional.of(parse.apply(scalar.text().strip()));
            } catch (IllegalArgumentException e) {
                problem(key, "must be " + what + written(scalar), "");
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

    /// `Double.valueOf` alone would take `NaN`, `1d` and `0x1p3` as well.
    private static double decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return Double.parseDouble(text);
    }

    private <T> T missing(String key, T standIn) {
        if (!node.entries().containsKey(key) || !has(key)) {
            problems.add(node.place(), child(key), "'" + key + "' is missing", "");
        }
        return standIn;
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
