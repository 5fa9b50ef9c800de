package dev.wisent.connectors.core.internal;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths as configuration spells them: `~` is the home folder, relative ones start at the working folder.
public final class LocalPath {
    private LocalPath() {}

    /// Replaces a leading `~`.
    public static String expand(String text) {
        boolean home = text.equals("~") || text.startsWith("~/");
        return home ? System.getProperty("user.home") + text.substring(1) : text;
    }

    /// What `key` says as a path; a problem and the working folder where it is none.
    public static Path of(ConfigSection config, Key<?> key, String text) {
        try {
            return Path.of(expand(text));
        } catch (InvalidPathException e) {
            config.problem(key.name(), "is no path: " + e.getReason(), "");
            return Path.of("");
        }
    }
}
