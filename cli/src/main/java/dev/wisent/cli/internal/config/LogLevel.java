package dev.wisent.cli.internal.config;

import java.util.Locale;
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

    public static Optional<LogLevel> of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return name.equals("WARN")
                ? Optional.of(WARNING)
                : Stream.of(values()).filter(l -> l.name().equals(name)).findFirst();
    }
}
