package dev.wisent.api.config;

import java.util.List;
import java.util.Map;

/// What a [Key] takes: enough to describe it in documentation and as JSON Schema. A reference (`${NAME}`) may stand
/// wherever a plain value may.
public sealed interface Takes {
    /// Any plain value, as text.
    record Text() implements Takes {}

    /// Both bounds included.
    record Whole(long least, long most) implements Takes {}

    /// A number that may have a fraction; both bounds included.
    record Number(double least, double most) implements Takes {}

    record Truth() implements Takes {}

    /// A time in seconds, fractions allowed, 0 or more.
    record Seconds() implements Takes {}

    /// A size in MB of 2^20 bytes, fractions allowed, 0 or more.
    record Megabytes() implements Takes {}

    /// One of a few words, whatever their case.
    ///
    /// @param words those to show
    /// @param alike other spellings that are taken as well
    /// @param refused known words that this version can't serve, with what to use instead
    record Choice(List<String> words, List<String> alike, Map<String, String> refused) implements Takes {
        public Choice {
            words = List.copyOf(words);
            alike = List.copyOf(alike);
        }
    }

    /// A list; one plain value counts as a list of one.
    record ListOf(Takes item) implements Takes {}

    /// A mapping with these keys.
    record Nested(ConfigShape shape) implements Takes {}

    /// A mapping with any keys.
    record MapOf(Takes value) implements Takes {}

    /// Whatever YAML can say.
    record Anything() implements Takes {}
}
