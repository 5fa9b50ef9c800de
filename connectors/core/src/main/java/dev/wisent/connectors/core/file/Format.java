package dev.wisent.connectors.core.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the parts are written in.
enum Format {
    NDJSON(".ndjson", ".jsonl", ".json"),
    CSV(".csv"),
    PARQUET(".parquet");

    private final List<String> suffixes;

    Format(String... suffixes) {
        this.suffixes = List.of(suffixes);
    }

    /// The suffix parts get.
    String suffix() {
        return suffixes.getFirst();
    }

    /// The format a file name asks for.
    static Optional<Format> of(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        for (Format format : values()) {
            if (format.suffixes.stream().anyMatch(lower::endsWith)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
