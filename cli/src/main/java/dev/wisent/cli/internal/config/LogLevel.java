package dev.wisent.cli.internal.config;

import dev.wisent.api.config.Key;
import dev.wisent.api.config.KeyDraft;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How much a run tells on stderr; the names Bizon uses.
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    /// The key of that name.
    static KeyDraft<LogLevel> key(String about) {
        Map<String, LogLevel> words = new LinkedHashMap<>();
        for (LogLevel level : values()) {
            words.put(level.name().toLowerCase(Locale.ROOT), level);
        }
        return Key.choice("log_level", words, Map.of("warn", WARNING), Map.of()).about(about);
    }

    public static Optional<LogLevel> of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return name.equals("WARN")
                ? Optional.of(WARNING)
                : Stream.of(values()).filter(l -> l.name().equals(name)).findFirst();
    }
}
