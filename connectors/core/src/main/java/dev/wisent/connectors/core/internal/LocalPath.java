package dev.wisent.connectors.core.internal;

import dev.wisent.api.config.ConfigSection;
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

    /// The path under `key`; a problem and the working folder where there is none.
    public static Path read(ConfigSection config, String key) {
        String text = config.text(key);
        if (text.contains("://")) {
            config.problem(key, "must be a path of this machine", "");
            return Path.of("");
        }
        try {
            return Path.of(expand(text));
        } catch (InvalidPathException e) {
            config.problem(key, "is no path: " + e.getReason(), "");
            return Path.of("");
        }
    }
}
