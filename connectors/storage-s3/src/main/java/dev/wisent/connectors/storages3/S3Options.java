package dev.wisent.connectors.storages3;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import dev.wisent.storage.Endpoints;
import dev.wisent.storage.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The `storage_options` of S3.
///
/// @param keys access key id, secret, and token if there is one; empty: what the SDK finds
record S3Options(
        Optional<URI> endpoint,
        Optional<String> region,
        Optional<Keys> keys,
        Access access,
        Style style,
        Duration connectTimeout,
        Duration requestTimeout) {
    private static final StoreOption KEY_ID =
            StoreOption.of("aws_access_key_id", "the access key; with aws_secret_access_key", "AWS_ACCESS_KEY_ID");
    private static final StoreOption SECRET =
            StoreOption.of("aws_secret_access_key", "its secret", "AWS_SECRET_ACCESS_KEY");
    private static final StoreOption TOKEN =
            StoreOption.of("aws_session_token", "for temporary keys", "AWS_SESSION_TOKEN");
    private static final StoreOption REGION = StoreOption.of(
            "aws_region", "the bucket's region; the URL may name it too", "AWS_REGION", "AWS_DEFAULT_REGION");
    private static final StoreOption ENDPOINT = StoreOption.of(
            "aws_endpoint",
            "where a compatible store is reached: https://host:port",
            "AWS_ENDPOINT_URL_S3",
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT");
    private static final StoreOption ALLOW_HTTP = StoreOption.of(
            "aws_allow_http", "true: aws_endpoint may be http, which shows everybody what is sent", "AWS_ALLOW_HTTP");
    private static final StoreOption SKIP_SIGNATURE = StoreOption.of(
            "aws_skip_signature", "true: ask without credentials, for public buckets", "AWS_SKIP_SIGNATURE");
    private static final StoreOption VIRTUAL_HOSTED = StoreOption.of(
            "aws_virtual_hosted_style_request",
            "true: the bucket is part of the endpoint's host name. The standard at Amazon's own address only",
            "AWS_VIRTUAL_HOSTED_STYLE_REQUEST");

    static final List<StoreOption> ALL =
            List.of(KEY_ID, SECRET, TOKEN, REGION, ENDPOINT, ALLOW_HTTP, SKIP_SIGNATURE, VIRTUAL_HOSTED);

    enum Access {
        SIGNED,
        ANONYMOUS
    }

    enum Style {
        BUCKET_IN_PATH,
        BUCKET_IN_HOST
    }

    record Keys(String id, String secret, Optional<String> token) {
        @Override
        public String toString() {
            return "Keys";
        }
    }

    static S3Options read(StoreLocation location, StoreSettings settings) {
        Optional<URI> endpoint = location.endpoint()
                .map(text -> Endpoints.checked("the endpoint of the URL", text))
                .or(() -> Endpoints.find(settings, ENDPOINT, ALLOW_HTTP))
                .map(URI::create);
        boolean hosted = settings.find(VIRTUAL_HOSTED).isPresent()
                ? Endpoints.isTrue(settings, VIRTUAL_HOSTED)
                : endpoint.isEmpty() && !location.bucket().contains(".");
        return new S3Options(
                endpoint,
                region(location, settings, endpoint),
                keys(settings),
                Endpoints.isTrue(settings, SKIP_SIGNATURE) ? Access.ANONYMOUS : Access.SIGNED,
                hosted ? Style.BUCKET_IN_HOST : Style.BUCKET_IN_PATH,
                settings.connectTimeout(),
                settings.requestTimeout());
    }

    private static Optional<String> region(StoreLocation location, StoreSettings settings, Optional<URI> endpoint) {
        Optional<String> option = Optional.ofNullable(settings.options().get(REGION.name()));
        Optional<String> found = option.or(location::region).or(() -> settings.find(REGION));
        // Compatible stores have one region, and most call it this.
        return found.or(() -> endpoint.map(there -> "us-east-1"));
    }

    private static Optional<Keys> keys(StoreSettings settings) {
        Optional<String> id = settings.find(KEY_ID);
        Optional<String> secret = settings.find(SECRET);
        if (id.isPresent() != secret.isPresent()) {
            throw WisentException.of(
                            ErrorCode.CONFIG_INVALID, "of aws_access_key_id and aws_secret_access_key only one is set")
                    .hint("set both, in storage_options or as variables, or none");
        }
        return id.flatMap(i -> secret.map(s -> new Keys(i, s, settings.find(TOKEN))));
    }

    /// What may stand in no message.
    Secrets secrets() {
        return keys.map(k -> Secrets.of(k.secret(), k.token().orElse(""))).orElseGet(Secrets::none);
    }
}
