package dev.wisent.storage;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Takes secrets out of what libraries say (R14).
public final class Secrets {
    private static final String HIDDEN = "***";
    /// Shorter ones would hide half of every message.
    private static final int SHORTEST = 4;

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    public static Secrets none() {
        return new Secrets(List.of());
    }

    public static Secrets of(String... values) {
        return new Secrets(
                Arrays.stream(values).filter(v -> v.length() >= SHORTEST).toList());
    }

    public String clean(String text) {
        String cleaned = text;
        for (String value : values) {
            cleaned = cleaned.replace(value, HIDDEN);
        }
        return cleaned;
    }

    /// What stands for a library's exception as a cause: its name, its cleaned words, where it was thrown. Its own causes
    /// likewise.
    public Throwable cause(Throwable failure) {
        IOException cause =
                new IOException(failure.getClass().getName() + ": " + clean(String.valueOf(failure.getMessage())));
        cause.setStackTrace(failure.getStackTrace());
        Throwable deeper = failure.getCause();
        if (deeper != null) {
            cause.initCause(cause(deeper));
        }
        return cause;
    }
}
