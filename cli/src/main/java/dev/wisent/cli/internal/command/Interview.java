package dev.wisent.cli.internal.command;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.PipelineDraft;
import dev.wisent.cli.internal.config.PipelineDraft.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Answers from `--set`, from a person, or the defaults, in this order.
final class Interview implements PipelineDraft.Answers {
    private final Shell shell;
    private final Optional<BufferedReader> person;
    private final Map<String, String> settings;
    /// What was set, and the part of the pipeline it was for.
    private final Map<String, String> used = new HashMap<>();

    /// @param person empty: nobody is asked
    Interview(Shell shell, Optional<BufferedReader> person, Map<String, String> settings) {
        this.shell = shell;
        this.person = person;
        this.settings = settings;
    }

    @Override
    public String to(Question question, Optional<String> standard) {
        return unasked(question)
                .or(() -> person.map(reader -> asked(reader, question, standard)))
                .or(() -> standard)
                .orElseThrow(() -> CommandTree.usage("the key '" + question.key() + "' of the " + question.part()
                                + " has no default: " + question.about())
                        .hint("say it: --set " + question.part() + "." + question.key() + "=VALUE"));
    }

    @Override
    public Optional<String> unasked(Question question) {
        for (String key : new String[] {
            question.part() + "." + question.key(), question.part() + ".config." + question.key(), question.key()
        }) {
            if (settings.containsKey(key)) {
                isFor(question, key);
                return Optional.ofNullable(settings.get(key));
            }
        }
        return Optional.empty();
    }

    private void isFor(Question question, String key) {
        String part = used.put(key, question.part());
        if (part != null && !part.equals(question.part())) {
            throw CommandTree.usage("the " + part + " and the " + question.part() + " have a key '" + key + "'")
                    .hint("say which: --set " + part + "." + key + "=VALUE or --set " + question.part() + "." + key
                            + "=VALUE");
        }
    }

    /// Nothing that was set is left over.
    void done() {
        settings.keySet().stream()
                .filter(key -> !used.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw CommandTree.usage("neither the source nor the destination has a key '" + key
                                    + "' that --set can give")
                            .hint("keys within further keys are written into the file")
                            .next("wisent schema");
                });
    }

    private String asked(BufferedReader reader, Question question, Optional<String> standard) {
        while (true) {
            String choices = question.choices().isEmpty() ? "" : " (" + String.join(", ", question.choices()) + ")";
            String shown = standard.map(value -> " [" + value + "]").orElse("");
            shell.console().talk(question.key() + ": " + question.about() + choices + shown);
            shell.console().prompt();
            Optional<String> answer = line(reader).map(String::strip);
            if (answer.isEmpty()) {
                throw WisentException.of(ErrorCode.USAGE, "the answers ended before the questions did")
                        .hint("wisent init --from generator --to file asks nothing");
            }
            Optional<String> said = answer.filter(text -> !text.isEmpty()).or(() -> standard);
            if (said.isEmpty()) {
                shell.console().talk("  this one has no default");
            } else if (!question.choices().isEmpty() && !question.choices().contains(said.get())) {
                shell.console().talk("  one of " + String.join(", ", question.choices()));
            } else {
                return said.get();
            }
        }
    }

    private static Optional<String> line(BufferedReader reader) {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException closed) {
            throw WisentException.of(ErrorCode.USAGE, "the answers can't be read")
                    .causedBy(closed);
        }
    }
}
