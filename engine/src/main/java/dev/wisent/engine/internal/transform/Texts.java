package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import java.util.Map;

/// Reads `{column: text}`.
final class Texts {
    private Texts() {}

    /// What `key` maps; a problem when it is empty, or a value is.
    static Map<String, String> filled(ConfigSection config, Key<Map<String, String>> key) {
        Map<String, String> texts = config.read(key);
        if (texts.isEmpty() && config.has(key.name())) {
            config.problem(key.name(), "must name at least one column", key.name() + ": " + key.example());
        }
        texts.forEach((column, text) -> {
            if (text.isBlank()) {
                config.problem(key.name(), "column '" + column + "' needs a value", "");
            }
        });
        return texts;
    }
}
