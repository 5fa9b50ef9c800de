package dev.wisent.connectors.kafka.read;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which topics are read, and where their messages go.
///
/// @param topic the name, or what the whole name matches
/// @param destinationId where they go; `{topic}` in it stands for the topic's name. Empty: the stream's own target, or what
///     `streams:` says
record TopicChoice(Name topic, Optional<String> destinationId) {
    /// How topics are named.
    sealed interface Name {
        record Exactly(String name) implements Name {}

        record Matching(Pattern pattern) implements Name {}
    }

    private static final String TOPIC = "{topic}";

    static TopicChoice exactly(String name) {
        return new TopicChoice(new Name.Exactly(name), Optional.empty());
    }

    boolean takes(String name) {
        return switch (topic) {
            case Name.Exactly(String exact) -> exact.equals(name);
            case Name.Matching(Pattern pattern) -> pattern.matcher(name).matches();
        };
    }

    Optional<String> target(String name) {
        return destinationId.map(id -> id.replace(TOPIC, name));
    }

    /// For fingerprints and messages.
    @Override
    public String toString() {
        return switch (topic) {
            case Name.Exactly(String name) -> name;
            case Name.Matching(Pattern pattern) -> "/" + pattern.pattern() + "/";
        };
    }
}
