package dev.wisent.storage;

import dev.wisent.api.storage.ObjectStore;

/// How an object is called in messages.
final class Urls {
    private Urls() {}

    static String of(ObjectStore store, String path) {
        return store.url().endsWith("/") ? store.url() + path : store.url() + "/" + path;
    }
}
