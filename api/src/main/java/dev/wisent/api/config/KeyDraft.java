package dev.wisent.api.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// A key that is not finished: it still has to be said what happens when the key is missing.
public final class KeyDraft<T> {
    final String name;
    final Takes takes;
    private final Reading<T> reading;
    private final Reading.StandIn<T> standIn;
    final String about;
    final String example;
    final List<String> aliases;
    final Key.Sensitivity sensitivity;

    KeyDraft(String name, Takes takes, Reading<T> reading, Reading.StandIn<T> standIn) {
        this(name, takes, reading, standIn, "", "", List.of(), Key.Sensitivity.OPEN);
    }

    private KeyDraft(
            String name,
            Takes takes,
            Reading<T> reading,
            Reading.StandIn<T> standIn,
            String about,
            String example,
            List<String> aliases,
            Key.Sensitivity sensitivity) {
        this.name = name;
        this.takes = takes;
        this.reading = reading;
        this.standIn = standIn;
        this.about = about;
        this.example = example;
        this.aliases = aliases;
        this.sensitivity = sensitivity;
    }

    /// What it is for: one sentence in plain English, without a full stop.
    public KeyDraft<T> about(String sentence) {
        return new KeyDraft<>(name, takes, reading, standIn, sentence, example, aliases, sensitivity);
    }

    /// A value to begin with, for `wisent init`.
    public KeyDraft<T> example(String value) {
        return new KeyDraft<>(name, takes, reading, standIn, about, value, aliases, sensitivity);
    }

    /// Other names of the same key. Two of them at once are an error.
    public KeyDraft<T> alias(String... names) {
        return new KeyDraft<>(name, takes, reading, standIn, about, example, List.of(names), sensitivity);
    }

    /// Its value is shown in no message.
    public KeyDraft<T> secret() {
        return new KeyDraft<>(name, takes, reading, standIn, about, example, aliases, Key.Sensitivity.SECRET);
    }

    /// The value made into something else.
    ///
    /// @param what completes "must be", for a value that does not fit
    /// @param standIn what reading goes on with when a required key is missing
    /// @param parse throws `IllegalArgumentException` when the value does not fit; its message becomes the hint,
    /// unless the value is not to be shown
    public <R> KeyDraft<R> as(String what, R standIn, Function<T, R> parse) {
        Reading<R> parsed = (section, key) -> reading.read(section, key).flatMap(value -> {
            try {
                return Optional.of(parse.apply(value));
            } catch (IllegalArgumentException unfit) {
                section.unfit(key, what, Optional.ofNullable(unfit.getMessage()).orElse(""));
                return Optional.empty();
            }
        });
        return new KeyDraft<>(name, takes, parsed, (section, key) -> standIn, about, example, aliases, sensitivity);
    }

    /// A missing key is an error.
    public Key<T> required() {
        return new Key<>(this, Key.Use.READ, Key.Presence.REQUIRED, "", section -> {
            String spelled = section.spelled(name, aliases);
            return reading.read(section, spelled).orElseGet(() -> {
                section.missing(spelled);
                return standIn.of(section, spelled);
            });
        });
    }

    public Key<Optional<T>> optional() {
        return optional("");
    }

    /// @param standard what happens when the key is missing, in words: `the number of cores`
    public Key<Optional<T>> optional(String standard) {
        return new Key<>(
                this,
                Key.Use.READ,
                Key.Presence.OPTIONAL,
                standard,
                section -> reading.read(section, section.spelled(name, aliases)));
    }

    public Key<T> standard(T value) {
        return standard(value, Standards.written(takes, value));
    }

    /// @param told the default as the documentation tells it
    public Key<T> standard(T value, String told) {
        return new Key<>(
                this,
                Key.Use.READ,
                Key.Presence.OPTIONAL,
                told,
                section -> reading.read(section, section.spelled(name, aliases)).orElse(value));
    }

    /// A missing list or mapping is read as an empty one, a missing text as an empty text.
    public Key<T> orEmpty() {
        return new Key<>(this, Key.Use.READ, Key.Presence.OPTIONAL, "", section -> {
            String spelled = section.spelled(name, aliases);
            return reading.read(section, spelled).orElseGet(() -> standIn.of(section, spelled));
        });
    }

    /// Defaults as a file would write them.
    private static final class Standards {
        private static final double NANOS = 1e9;

        private Standards() {}

        static String written(Takes takes, Object value) {
            return switch (value) {
                case Duration time -> plain(time.toNanos() / NANOS);
                case Long bytes when takes instanceof Takes.Megabytes -> plain(bytes / (double) (1 << 20));
                case Double number -> plain(number);
                case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
                case List<?> list when list.isEmpty() -> "";
                default -> value.toString();
            };
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }
}
