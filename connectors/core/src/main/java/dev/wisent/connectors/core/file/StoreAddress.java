package dev.wisent.connectors.core.file;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.storage.StoreUrls;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells URLs from paths.
final class StoreAddress {
    /// As URLs begin. A colon alone may be part of a file's name.
    private static final Pattern URL = Pattern.compile("(?i)(file:|s3a?::|[a-z][a-z0-9+.-]*://).*", Pattern.DOTALL);

    private StoreAddress() {}

    /// The place that a URL names; empty: it is a path, or a problem that is noted.
    static Optional<StoreLocation> of(ConfigSection config, Key<?> key, String text) {
        if (!URL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StoreUrls.parse(text));
        } catch (WisentException e) {
            config.problem(key.name(), e.what(), e.hint());
            return Optional.empty();
        }
    }
}
