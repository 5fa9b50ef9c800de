package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.Suggestion;
import java.util.Collection;

/// Reads names that must be one of a set, or at least not blank.
final class Names {
    private Names() {}

    /// The text of `key`; when it is blank that is a problem.
    static String required(ConfigSection section, Key<String> key) {
        return filled(section, key, section.read(key));
    }

    /// The text that was read; when it is blank that is a problem.
    static String filled(ConfigSection section, Key<?> key, String name) {
        if (section.has(key.name()) && name.isBlank()) {
            section.problem(key.name(), "must not be empty", "");
        }
        return name.isBlank() ? "?" : name;
    }

    /// `did you mean …?`, unless the name came from a reference (R14) or nothing is close; then `otherwise`.
    static String guess(ConfigSection section, String key, String name, Collection<String> known, String otherwise) {
        if (section.quoted(key).isEmpty()) {
            return otherwise;
        }
        return Suggestion.closest(name, known)
                .map(meant -> "did you mean '" + meant + "'?")
                .orElse(otherwise);
    }

    /// A pipeline's id as one name of a path.
    static String ofFile(String id) {
        String name = id.replaceAll("[^A-Za-z0-9._-]", "_");
        return name.startsWith(".") ? "_" + name : name;
    }
}
