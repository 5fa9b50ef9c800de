package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import java.util.ArrayList;
import java.util.List;

/// Keys that are accepted and mean nothing here: told by name, never in silence (R8).
final class Warnings {
    private final List<String> all = new ArrayList<>();

    /// Warns when `key` stands in `section`, and accepts it.
    void meaningless(ConfigSection section, String key, String why) {
        if (section.has(key)) {
            add(section, key, "means nothing here: " + why);
        }
    }

    void add(ConfigSection section, String key, String message) {
        String path = section.path().isEmpty() ? key : section.path() + "." + key;
        all.add(section.place(key) + ": " + path + " " + message);
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
