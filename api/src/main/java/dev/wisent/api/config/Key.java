package dev.wisent.api.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A key of a configuration section, declared once: [ConfigSection#read] reads by it, unknown keys are compared with
/// it, and JSON Schema and the tables of the documentation are made from it.
///
/// ```java
/// static final Key<Long> PAGE_SIZE = Key.whole("page_size", 1, 10_000).about("rows a page").standard(1_000L);
/// static final Key<String> PATH = Key.text("path").about("where to write").required();
/// static final Key<Optional<String>> ZONE = Key.text("zone").about("of times without one").optional();
/// ```
///
/// Immutable. Making one is cheap: keys are constants of the class that reads them.
///
/// @param <T> what reading it gives
public final class Key<T> {
    /// What the program does with it.
    public enum Use {
        READ,
        /// Accepted for the sake of files written for another tool, with a warning that says why it does nothing.
        IDLE,
        /// Known, and an error that says what to do instead.
        REFUSED
    }

    /// Whether the key must be there.
    public enum Presence {
        REQUIRED,
        OPTIONAL
    }

    /// Whether its value may be shown.
    public enum Sensitivity {
        OPEN,
        /// Stands in no message, even when it is written in the file itself (R14).
        SECRET
    }

    private final KeyDraft<?> draft;
    private final Use use;
    private final Presence presence;
    private final String standard;
    private final Function<ConfigSection, T> reader;

    Key(KeyDraft<?> draft, Use use, Presence presence, String standard, Function<ConfigSection, T> reader) {
        this.draft = draft;
        this.use = use;
        this.presence = presence;
        this.standard = standard;
        this.reader = reader;
    }

    public static KeyDraft<String> text(String name) {
        return new KeyDraft<>(name, new Takes.Text(), ConfigSection::optionalText, (section, key) -> "");
    }

    /// A whole number, 0 or more.
    public static KeyDraft<Long> whole(String name) {
        return whole(name, 0, Long.MAX_VALUE);
    }

    /// A whole number within bounds, both included.
    public static KeyDraft<Long> whole(String name, long least, long most) {
        return new KeyDraft<>(
                name,
                new Takes.Whole(least, most),
                (section, key) ->
                        section.parsed(key, Scalars.wholeWithin(least, most), text -> Scalars.whole(text, least, most)),
                (section, key) -> least);
    }

    /// A number that may have a fraction, 0 or more.
    public static KeyDraft<Double> number(String name) {
        return number(name, 0, Double.MAX_VALUE);
    }

    /// A number that may have a fraction, within bounds, both included.
    public static KeyDraft<Double> number(String name, double least, double most) {
        return new KeyDraft<>(
                name,
                new Takes.Number(least, most),
                (section, key) -> section.parsed(
                        key, Scalars.numberWithin(least, most), text -> Scalars.number(text, least, most)),
                (section, key) -> least);
    }

    public static KeyDraft<Boolean> truth(String name) {
        return new KeyDraft<>(
                name,
                new Takes.Truth(),
                (section, key) -> section.parsed(key, Scalars.TRUTH, Scalars::truth),
                (section, key) -> false);
    }

    public static KeyDraft<Duration> seconds(String name) {
        return new KeyDraft<>(
                name,
                new Takes.Seconds(),
                (section, key) -> section.parsed(key, Scalars.SECONDS, Scalars::seconds),
                (section, key) -> Duration.ZERO);
    }

    /// Written in MB, read as bytes.
    public static KeyDraft<Long> megabytes(String name) {
        return new KeyDraft<>(
                name,
                new Takes.Megabytes(),
                (section, key) -> section.parsed(key, Scalars.MEGABYTES, Scalars::megabytes),
                (section, key) -> 0L);
    }

    /// One of an enum's constants, spelled in lower case.
    public static <E extends Enum<E>> KeyDraft<E> choice(String name, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return choice(name, words, Map.of(), Map.of());
    }

    /// One of a few words.
    ///
    /// @param words those to show, in order, in lower case
    /// @param alike other spellings of the same, in lower case
    /// @param refused words that are known and can't be used, with what to use instead
    public static <T> KeyDraft<T> choice(
            String name, Map<String, T> words, Map<String, T> alike, Map<String, String> refused) {
        Map<String, T> values = new LinkedHashMap<>(words);
        Takes.Choice takes =
                new Takes.Choice(List.copyOf(values.keySet()), List.copyOf(alike.keySet()), Map.copyOf(refused));
        values.putAll(alike);
        T first = values.values().iterator().next();
        return new KeyDraft<>(
                name, takes, (section, key) -> section.oneOf(key, takes, values), (section, key) -> first);
    }

    /// A list of plain values, as text.
    public static KeyDraft<List<String>> texts(String name) {
        return new KeyDraft<>(
                name,
                new Takes.ListOf(new Takes.Text()),
                (section, key) -> section.has(key) ? Optional.of(section.texts(key)) : Optional.empty(),
                (section, key) -> List.of());
    }

    /// A mapping with the keys of `shape`; other keys in it are reported at once.
    public static KeyDraft<ConfigSection> nested(String name, ConfigShape shape) {
        return new KeyDraft<>(
                name,
                new Takes.Nested(shape),
                (section, key) -> section.section(key).map(inner -> inner.expect(shape)),
                (section, key) -> section.without(key).expect(shape));
    }

    /// A list of mappings with the keys of `shape`.
    public static KeyDraft<List<ConfigSection>> nestedList(String name, ConfigShape shape) {
        return new KeyDraft<>(
                name,
                new Takes.ListOf(new Takes.Nested(shape)),
                (section, key) -> section.has(key)
                        ? Optional.of(section.sections(key).stream()
                                .map(inner -> inner.expect(shape))
                                .toList())
                        : Optional.empty(),
                (section, key) -> List.of());
    }

    /// A list of mappings whose keys are the reader's matter: it says [ConfigSection#expect] of each once it knows them.
    public static KeyDraft<List<ConfigSection>> mappings(String name) {
        return new KeyDraft<>(
                name,
                new Takes.ListOf(new Takes.MapOf(new Takes.Anything())),
                (section, key) -> section.has(key) ? Optional.of(section.sections(key)) : Optional.empty(),
                (section, key) -> List.of());
    }

    /// A mapping whose keys are the reader's matter: it says [ConfigSection#expect] once it knows them, or reads them as
    /// they come.
    public static KeyDraft<ConfigSection> mapping(String name) {
        return new KeyDraft<>(
                name,
                new Takes.MapOf(new Takes.Anything()),
                ConfigSection::section,
                (section, key) -> section.without(key));
    }

    /// A mapping from any words to plain values, in order.
    public static KeyDraft<Map<String, String>> textMap(String name) {
        return new KeyDraft<>(
                name,
                new Takes.MapOf(new Takes.Text()),
                (section, key) -> section.section(key).map(inner -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    inner.keys().forEach(word -> values.put(word, inner.text(word, "")));
                    return values;
                }),
                (section, key) -> Map.of());
    }

    /// Whatever YAML can say, as it stands.
    public static KeyDraft<ConfigNode> anything(String name) {
        return new KeyDraft<>(
                name,
                new Takes.Anything(),
                ConfigSection::raw,
                (section, key) ->
                        new ConfigNode.Scalar("", ConfigNode.Kind.NULL, ConfigNode.Origin.FILE, section.place(key)));
    }

    /// A key of another tool that is accepted, does nothing, and is warned of.
    public static Key<Optional<ConfigNode>> idle(String name, String why) {
        return new Key<>(anything(name).about(why), Use.IDLE, Presence.OPTIONAL, "", section -> section.raw(name));
    }

    /// A key that is known and refused. Empty values (`[]`, `{}`, null) are let pass.
    ///
    /// @param what why it can't be used, after the quoted name: `is not available in this version yet`
    public static Key<Optional<ConfigNode>> refused(String name, String what, String instead) {
        KeyDraft<ConfigNode> draft = anything(name).about(what).example(instead);
        return new Key<>(draft, Use.REFUSED, Presence.OPTIONAL, "", section -> section.raw(name));
    }

    public String name() {
        return draft.name;
    }

    public Takes takes() {
        return draft.takes;
    }

    /// One sentence in plain English. Of an idle key: why it does nothing. Of a refused one: why it is refused.
    public String about() {
        return draft.about;
    }

    /// The default, as a file would write it, or in words; empty when there is none.
    public String standard() {
        return standard;
    }

    /// A value to begin with. Of a refused key: what to do instead.
    public String example() {
        return draft.example;
    }

    /// Other names of the same key.
    public List<String> aliases() {
        return draft.aliases;
    }

    public Presence presence() {
        return presence;
    }

    public Use use() {
        return use;
    }

    public Sensitivity sensitivity() {
        return draft.sensitivity;
    }

    T read(ConfigSection section) {
        return reader.apply(section);
    }

    @Override
    public String toString() {
        return draft.name;
    }
}
