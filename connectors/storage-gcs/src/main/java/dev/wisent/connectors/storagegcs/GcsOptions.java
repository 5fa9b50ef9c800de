package dev.wisent.connectors.storagegcs;

import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import dev.wisent.storage.Endpoints;
import dev.wisent.storage.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The `storage_options` of Google Cloud Storage.
///
/// @param keyFile a service account's key file; empty: `key`, or what Google's library finds
/// @param key the content of such a file
record GcsOptions(
        Optional<String> endpoint,
        Optional<String> keyFile,
        Optional<String> key,
        Access access,
        Duration connectTimeout,
        Duration requestTimeout) {
    private static final StoreOption KEY_FILE = StoreOption.of(
            "google_service_account",
            "path of a service account's key file",
            "GOOGLE_SERVICE_ACCOUNT",
            "GOOGLE_SERVICE_ACCOUNT_PATH");
    private static final StoreOption KEY = StoreOption.of(
            "google_service_account_key", "what stands in a service account's key file", "GOOGLE_SERVICE_ACCOUNT_KEY");
    private static final StoreOption ENDPOINT = StoreOption.of(
            "google_endpoint", "where a compatible store is reached: https://host:port", "STORAGE_EMULATOR_HOST");
    private static final StoreOption ALLOW_HTTP = StoreOption.of(
            "google_allow_http",
            "true: google_endpoint may be http, which shows everybody what is sent",
            "GOOGLE_ALLOW_HTTP");
    private static final StoreOption SKIP_SIGNATURE = StoreOption.of(
            "google_skip_signature", "true: ask without credentials, for public buckets", "GOOGLE_SKIP_SIGNATURE");

    static final List<StoreOption> ALL = List.of(KEY_FILE, KEY, ENDPOINT, ALLOW_HTTP, SKIP_SIGNATURE);

    enum Access {
        SIGNED,
        ANONYMOUS
    }

    static GcsOptions read(StoreSettings settings) {
        return new GcsOptions(
                Endpoints.find(settings, ENDPOINT, ALLOW_HTTP),
                settings.find(KEY_FILE),
                settings.find(KEY),
                Endpoints.isTrue(settings, SKIP_SIGNATURE) ? Access.ANONYMOUS : Access.SIGNED,
                settings.connectTimeout(),
                settings.requestTimeout());
    }

    /// What may stand in no message.
    Secrets secrets() {
        return key.map(Secrets::of).orElseGet(Secrets::none);
    }

    @Override
    public String toString() {
        return "GcsOptions";
    }
}
