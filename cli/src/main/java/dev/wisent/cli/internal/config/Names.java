package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Reads names that must be one of a set, or at least not blank.
final class Names {
    private Names() {}

    /// The text of `key`; when it is blank that is a problem.
    static String required(ConfigSection section, String key) {
        String name = section.text(key);
        if (section.has(key) && name.isBlank()) {
            section.problem(key, "must not be empty", "");
        }
        return name.isBlank() ? "?" : name;
    }

    /// The text of `key` in lower case; one of `later` is refused by name, anything but `now` is a problem. Whether it
    /// can be used.
    static boolean usable(ConfigSection section, String key, String name, List<String> now, List<String> later) {
        if (now.contains(name)) {
            return true;
        }
        if (later.contains(name)) {
            section.problem(key, "'" + name + "' is not available in this version yet", "use " + now.getFirst());
        } else {
            String hint = "one of " + String.join(", ", now);
            section.problem(key, "there is no" + section.quoted(key) + " here", guess(section, key, name, now, hint));
        }
        return false;
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

    static String lower(ConfigSection section, String key, String standard) {
        return section.text(key, standard).strip().toLowerCase(Locale.ROOT);
    }
}
