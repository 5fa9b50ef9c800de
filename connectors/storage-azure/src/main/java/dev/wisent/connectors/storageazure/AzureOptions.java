package dev.wisent.connectors.storageazure;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import dev.wisent.storage.Endpoints;
import dev.wisent.storage.Secrets;
import java.time.Duration;
import java.util.List;

/// The `storage_options` of Azure.
///
/// @param endpoint of the account's blobs
record AzureOptions(
        String account, String endpoint, Credentials credentials, Duration connectTimeout, Duration requestTimeout) {
    private static final StoreOption ACCOUNT = StoreOption.of(
            "azure_storage_account_name", "the account, where the URL names none", "AZURE_STORAGE_ACCOUNT_NAME");
    private static final StoreOption KEY =
            StoreOption.of("azure_storage_account_key", "a key of the account", "AZURE_STORAGE_ACCOUNT_KEY");
    private static final StoreOption TOKEN = StoreOption.of(
            "azure_storage_sas_token",
            "a shared access signature: what follows the ? of its URL",
            "AZURE_STORAGE_SAS_TOKEN",
            "AZURE_STORAGE_SAS_KEY");
    private static final StoreOption ENDPOINT = StoreOption.of(
            "azure_endpoint",
            "where a compatible store is reached: https://host:port/account",
            "AZURE_STORAGE_ENDPOINT");
    private static final StoreOption ALLOW_HTTP = StoreOption.of(
            "azure_allow_http",
            "true: azure_endpoint may be http, which shows everybody what is sent",
            "AZURE_ALLOW_HTTP");
    private static final StoreOption SKIP_SIGNATURE = StoreOption.of(
            "azure_skip_signature", "true: ask without credentials, for public containers", "AZURE_SKIP_SIGNATURE");

    static final List<StoreOption> ALL = List.of(ACCOUNT, KEY, TOKEN, ENDPOINT, ALLOW_HTTP, SKIP_SIGNATURE);

    /// Who we are.
    sealed interface Credentials {
        record Key(String value) implements Credentials {
            @Override
            public String toString() {
                return "Key";
            }
        }

        record Token(String value) implements Credentials {
            @Override
            public String toString() {
                return "Token";
            }
        }

        record Nobody() implements Credentials {}

        /// What the SDK finds: variables, workload, machine, command line.
        record Found() implements Credentials {}
    }

    static AzureOptions read(StoreLocation location, StoreSettings settings) {
        String account = location.account()
                .or(() -> settings.find(ACCOUNT))
                .orElseThrow(
                        () -> WisentException.of(ErrorCode.CONFIG_INVALID, "the URL names no storage account")
                                .where(location.url())
                                .hint(
                                        "write abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PREFIX, or set azure_storage_account_name"));
        String endpoint = location.endpoint()
                .or(() -> Endpoints.find(settings, ENDPOINT, ALLOW_HTTP))
                .orElseGet(() -> "https://" + account + ".blob.core.windows.net");
        return new AzureOptions(
                account, endpoint, credentials(settings), settings.connectTimeout(), settings.requestTimeout());
    }

    private static Credentials credentials(StoreSettings settings) {
        if (Endpoints.isTrue(settings, SKIP_SIGNATURE)) {
            return new Credentials.Nobody();
        }
        return settings.find(KEY)
                .<Credentials>map(Credentials.Key::new)
                .or(() -> settings.find(TOKEN)
                        .map(token -> new Credentials.Token(token.startsWith("?") ? token.substring(1) : token)))
                .orElseGet(Credentials.Found::new);
    }

    /// What may stand in no message.
    Secrets secrets() {
        return switch (credentials) {
            case Credentials.Key(String value) -> Secrets.of(value);
            case Credentials.Token(String value) -> Secrets.of(value);
            case Credentials.Nobody nobody -> Secrets.none();
            case Credentials.Found found -> Secrets.none();
        };
    }
}
