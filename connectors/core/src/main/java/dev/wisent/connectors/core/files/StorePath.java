package dev.wisent.connectors.core.files;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.connectors.core.internal.LocalPath;
import dev.wisent.storage.PathPattern;
import dev.wisent.storage.StoreUrls;
import dev.wisent.storage.Stores;
import java.util.regex.Pattern;

/// What `path` says: a path of this machine, or a URL of a store.
///
/// @param text a path with `~` replaced and without `file:`, or the URL as it was written
record StorePath(String text, Kind kind) {
    /// Where files are.
    enum Kind {
        LOCAL,
        STORE
    }

    /// As URLs begin. A colon alone may be part of a file's name.
    private static final Pattern URL = Pattern.compile("(?i)(file:|s3a?::|[a-z][a-z0-9+.-]+://).*", Pattern.DOTALL);

    static StorePath read(ConfigSection config, String written) {
        try {
            return of(written);
        } catch (IllegalArgumentException e) {
            config.problem("path", String.valueOf(e.getMessage()), "");
        } catch (WisentException e) {
            config.problem("path", e.what(), e.hint());
        }
        return new StorePath("", Kind.LOCAL);
    }

    private static StorePath of(String written) {
        if (!URL.matcher(written).matches()) {
            return local(LocalPath.expand(written));
        }
        ObjectStores.Places places = Stores.local().split(written);
        StoreLocation location = StoreUrls.parse(places.root());
        if (location.store().equals("local")) {
            return local(places.rest().isEmpty() ? location.prefix() : location.prefix() + "/" + places.rest());
        }
        PathPattern.parse(places.rest());
        return new StorePath(written, Kind.STORE);
    }

    private static StorePath local(String path) {
        Glob.parse(path, false);
        return new StorePath(path, Kind.LOCAL);
    }

    /// Whether a URL names more than a bucket.
    static boolean hasPrefix(String url) {
        return !StoreUrls.parse(url).prefix().isEmpty();
    }
}
