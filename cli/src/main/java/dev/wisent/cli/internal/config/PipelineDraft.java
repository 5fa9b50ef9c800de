package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.Takes;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.StringNode;

/// The first text of a new pipeline file: what must be said is asked for, what may be said stands there as comments.
public final class PipelineDraft {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./*-]*");
    /// Asked for in their own way, or not worth a line in a first file.
    private static final Set<String> COMMON = Set.of("name", "stream", "sync_mode");

    private final Answers answers;
    private final StringBuilder text = new StringBuilder();

    private PipelineDraft(Answers answers) {
        this.answers = answers;
    }

    /// Where the values come from.
    public interface Answers {
        /// What stands for a question; `standard` when nobody says otherwise.
        ///
        /// @param question of the source or of the destination, with its key
        /// @param standard empty: there is no default
        String to(Question question, Optional<String> standard);

        /// What was said without being asked for: the value of a key that needs none.
        Optional<String> unasked(Question question);
    }

    /// @param part `source` or `destination`
    /// @param about one sentence
    /// @param choices empty: anything
    public record Question(String part, String key, String about, List<String> choices) {}

    /// @param schema where the JSON Schema is, seen from the file
    /// @param next the command that runs it
    public static String of(
            String name,
            String schema,
            String next,
            SourceFactory source,
            DestinationFactory destination,
            Answers answers) {
        PipelineDraft draft = new PipelineDraft(answers);
        draft.line("# yaml-language-server: $schema=" + schema);
        draft.line("# Run it with: " + next);
        draft.line("name: " + scalar(name));
        draft.source(name, source);
        draft.destination(destination);
        return draft.text.toString();
    }

    private void source(String name, SourceFactory factory) {
        line("");
        line("# " + factory.summary());
        line("source:");
        line("  name: " + scalar(factory.name()));
        List<String> streams =
                factory.knownStreams().stream().map(info -> info.id().name()).toList();
        String stream = answers.to(
                new Question("source", "stream", plain(SourceReader.STREAM.about()), streams),
                Optional.of(streams.isEmpty() ? name : streams.getFirst()));
        line("  stream: " + scalar(stream));
        Optional<StreamInfo> info = factory.knownStreams().stream()
                .filter(known -> known.id().name().equals(stream))
                .findFirst();
        syncMode(info);
        keys("source", factory.keys(), SourceReader.KEYS, "  ");
    }

    private void syncMode(Optional<StreamInfo> info) {
        List<String> modes = info.map(known ->
                        known.modes().stream().map(SourceReader::text).sorted().toList())
                .orElse(List.of("full_refresh", "incremental", "stream"));
        Question question =
                new Question("source", "sync_mode", "what a run means: everything, what is new, or without end", modes);
        if (info.isPresent()) {
            String mode = answers.to(
                    question, Optional.of(SourceReader.text(info.get().defaultMode())));
            line("  sync_mode: " + scalar(mode) + "  # one of " + String.join(", ", modes));
        } else {
            Optional<String> mode = answers.unasked(question);
            line(mode.map(said -> "  sync_mode: " + scalar(said))
                    .orElse("  # sync_mode: one of " + String.join(", ", modes) + "; left out: the stream's own"));
        }
    }

    private void destination(DestinationFactory factory) {
        line("");
        line("# " + factory.summary());
        line("destination:");
        line("  name: " + scalar(factory.name()));
        int before = text.length();
        line("  config:");
        int empty = text.length();
        keys("destination", factory.keys(), DestinationReader.CONFIG_KEYS, "    ");
        boolean said =
                text.substring(empty).lines().anyMatch(line -> !line.strip().startsWith("#"));
        if (!said) {
            text.replace(before, empty, "  # config:\n");
        }
    }

    /// What must be said, and what may be said, of one connector.
    private void keys(String part, ConfigShape own, ConfigShape common, String indent) {
        List<String> further = new ArrayList<>();
        for (Key<?> key : own.keys()) {
            if (key.use() != Key.Use.READ || key.takes() instanceof Takes.Nested) {
                continue;
            }
            boolean asked =
                    key.presence() == Key.Presence.REQUIRED || !key.example().isEmpty();
            Optional<String> value = asked
                    ? Optional.of(answers.to(question(part, key), suggested(key)))
                    : answers.unasked(question(part, key));
            if (value.isPresent()) {
                said(key, value.get(), indent);
            } else {
                further.add(indent + "# " + key.name() + ":" + standard(key) + "  # " + plain(key.about()));
            }
        }
        for (Key<?> key : common.keys()) {
            if (key.use() == Key.Use.READ && !COMMON.contains(key.name())) {
                answers.unasked(question(part, key)).ifPresent(value -> said(key, value, indent));
            }
        }
        further.forEach(this::line);
    }

    /// The default, where it is a value and not words about it.
    private static String standard(Key<?> key) {
        String value = plain(key.standard());
        boolean isValue = switch (key.takes()) {
            case Takes.Text text -> !value.isEmpty() && !value.contains(" ");
            case Takes.Choice choice -> choice.words().contains(value);
            default -> value.matches("[0-9.]+|true|false");
        };
        return isValue ? " " + scalar(value) : "";
    }

    private void said(Key<?> key, String value, String indent) {
        line(indent + "# " + plain(key.about()));
        line(indent + key.name() + ": " + scalar(value));
    }

    private static Question question(String part, Key<?> key) {
        List<String> choices = key.takes() instanceof Takes.Choice choice ? choice.words() : List.of();
        return new Question(part, key.name(), plain(key.about()), choices);
    }

    private static Optional<String> suggested(Key<?> key) {
        if (key.sensitivity() == Key.Sensitivity.SECRET) {
            return Optional.of("env://" + key.name().toUpperCase(Locale.ROOT));
        }
        return Optional.of(key.example()).filter(example -> !example.isEmpty());
    }

    private static String plain(String about) {
        return about.replace("`", "");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String scalar(String value) {
        boolean plain = PLAIN.matcher(value).matches() && CoreScalars.kind(value) != ConfigNode.Kind.NULL;
        return plain ? value : StringNode.valueOf(value).toString();
    }
}
