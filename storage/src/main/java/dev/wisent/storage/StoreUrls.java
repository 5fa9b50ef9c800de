package dev.wisent.storage;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.StoreLocation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The forms of URLs. Keys stand in them as they are: `%20` is three characters, and so is `a+b`.
public final class StoreUrls {
    private static final Pattern SLASHES = Pattern.compile("^/+|/+$");

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern S3_ENDPOINT = Pattern.compile(":(https?://[^/]+)/([^/]+)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern BUCKET = Pattern.compile("//([^/@?#]+)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern AZURE =
            Pattern.compile("//([^/@?#]+)@([a-z0-9]+)\\.(?:dfs|blob)\\.([a-z0-9.-]+)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern S3_PATH =
            Pattern.compile("//s3[.-]([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^/]+)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern S3_HOST =
            Pattern.compile("//([^/@]+?)\\.s3[.-]([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern GCS_PATH =
            Pattern.compile("//storage\\.googleapis\\.com/([^/]+)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern GCS_HOST =
            Pattern.compile("//([^/@]+?)\\.storage\\.googleapis\\.com(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern AZURE_PATH =
            Pattern.compile("//([a-z0-9]+)\\.(?:blob|dfs)\\.(core\\.[a-z0-9.-]+)/([^/]+)(?:/(.*))?", Pattern.DOTALL);
    private static final String AZURE_PUBLIC = "core.windows.net";

    private StoreUrls() {}

    /// The place a URL or path names. A URL of a form that is not known, or with credentials or a query in it, is refused
    /// with [ErrorCode#CONFIG_INVALID].
    public static StoreLocation parse(String url) {
        Matcher scheme = SCHEME.matcher(url);
        if (!scheme.matches() || isDrive(scheme.group(1), scheme.group(2))) {
            return local(url, url);
        }
        String rest = scheme.group(2);
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "file" -> local(rest.startsWith("//") ? afterHost(url, rest.substring(2)) : rest, url);
            case "s3", "s3a", "s3n" -> s3(url, rest);
            case "gs", "gcs" -> bucket("gcs", "gs", url, rest);
            case "abfs", "abfss", "wasb", "wasbs", "az", "azure" -> azure(url, rest);
            case "http", "https" -> web(url, rest);
            default -> throw unknown(url, "its beginning is not known");
        };
    }

    /// As in `C:\data` and `C:/data`.
    private static boolean isDrive(String beginning, String rest) {
        return beginning.length() == 1 && !rest.startsWith("//");
    }

    private static String afterHost(String url, String rest) {
        String path = rest.startsWith("localhost/") ? rest.substring("localhost".length()) : rest;
        if (!path.startsWith("/")) {
            throw unknown(url, "a file URL names no host: write file:///path");
        }
        return path;
    }

    private static StoreLocation local(String text, String url) {
        if (text.isBlank()) {
            throw unknown(url, "it is empty");
        }
        boolean home = text.equals("~") || text.startsWith("~/");
        String expanded = home ? System.getProperty("user.home") + text.substring(1) : text;
        try {
            String path = Path.of(expanded).toAbsolutePath().normalize().toString();
            return new StoreLocation("local", "", path, Optional.empty(), Optional.empty(), Optional.empty(), path);
        } catch (InvalidPathException e) {
            throw unknown(url, e.getReason());
        }
    }

    private static StoreLocation s3(String url, String rest) {
        Matcher endpoint = S3_ENDPOINT.matcher(rest);
        if (endpoint.matches()) {
            refuseCredentials(url, endpoint.group(1));
            return new StoreLocation(
                    "s3",
                    endpoint.group(2),
                    trimmed(endpoint.group(3)),
                    Optional.empty(),
                    Optional.of(endpoint.group(1)),
                    Optional.empty(),
                    "s3::" + join(endpoint.group(1), endpoint.group(2), endpoint.group(3)));
        }
        return bucket("s3", "s3", url, rest);
    }

    private static StoreLocation bucket(String store, String scheme, String url, String rest) {
        Matcher named = BUCKET.matcher(rest);
        if (!named.matches()) {
            throw unknown(url, "write " + scheme + "://BUCKET/PREFIX");
        }
        return plain(store, named.group(1), named.group(2), Optional.empty(), scheme);
    }

    private static StoreLocation plain(
            String store, String bucket, @Nullable String key, Optional<String> region, String scheme) {
        return new StoreLocation(
                store,
                bucket,
                trimmed(key),
                Optional.empty(),
                Optional.empty(),
                region,
                join(scheme + ":/", bucket, key));
    }

    private static StoreLocation azure(String url, String rest) {
        Matcher full = AZURE.matcher(rest);
        if (full.matches()) {
            return azure(full.group(1), full.group(2), full.group(3), full.group(4));
        }
        Matcher bare = BUCKET.matcher(rest);
        if (!bare.matches()) {
            throw unknown(url, "write abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PREFIX");
        }
        return plain("azure", bare.group(1), bare.group(2), Optional.empty(), "abfss");
    }

    private static StoreLocation azure(String container, String account, String domain, @Nullable String key) {
        return new StoreLocation(
                "azure",
                container,
                trimmed(key),
                Optional.of(account),
                domain.equals(AZURE_PUBLIC) ? Optional.empty() : Optional.of("https://" + account + ".blob." + domain),
                Optional.empty(),
                join("abfss:/", container + "@" + account + ".dfs." + domain, key));
    }

    private static StoreLocation web(String url, String rest) {
        if (rest.contains("?")) {
            throw unknown(url, "a query does not belong here; credentials go into storage_options or the environment");
        }
        Matcher m = S3_PATH.matcher(rest);
        if (m.matches()) {
            return plain("s3", m.group(2), m.group(3), Optional.of(m.group(1)), "s3");
        }
        m = S3_HOST.matcher(rest);
        if (m.matches()) {
            return plain("s3", m.group(1), m.group(3), Optional.of(m.group(2)), "s3");
        }
        m = GCS_PATH.matcher(rest);
        if (m.matches()) {
            return plain("gcs", m.group(1), m.group(2), Optional.empty(), "gs");
        }
        m = GCS_HOST.matcher(rest);
        if (m.matches()) {
            return plain("gcs", m.group(1), m.group(2), Optional.empty(), "gs");
        }
        m = AZURE_PATH.matcher(rest);
        if (m.matches()) {
            return azure(m.group(3), m.group(1), m.group(2), m.group(4));
        }
        throw unknown(
                url, "no store is known at this address; for S3 elsewhere write s3::https://HOST:PORT/BUCKET/PREFIX");
    }

    private static void refuseCredentials(String url, String endpoint) {
        if (endpoint.contains("@")) {
            throw unknown(url, "credentials don't belong into a URL: use storage_options or the environment");
        }
    }

    /// @param key null: the group of the pattern that takes it found none
    private static String trimmed(@Nullable String key) {
        return key == null ? "" : SLASHES.matcher(key).replaceAll("");
    }

    private static String join(String start, String bucket, @Nullable String key) {
        String trimmed = trimmed(key);
        return start + "/" + bucket + (trimmed.isEmpty() ? "" : "/" + trimmed);
    }

    /// Says no more of the URL than what stands before an `@` or `?`, where secrets would be (R14).
    private static WisentException unknown(String url, String why) {
        int at = url.indexOf('@');
        String shown = at < 0 ? url : url.substring(0, url.indexOf(':') + 1) + "…" + url.substring(at);
        int query = shown.indexOf('?');
        return WisentException.of(
                        ErrorCode.CONFIG_INVALID,
                        "'" + (query < 0 ? shown : shown.substring(0, query) + "?…") + "' names no store: " + why)
                .hint(
                        "a path, file:///path, s3://bucket/prefix, gs://bucket/prefix, or abfss://container@account.dfs.core.windows.net/prefix");
    }
}
