package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A source or destination as one URL: `postgres://user:password@host:5432/database?schema=raw`, `duckdb:///data/shop.duckdb`,
/// `file:///data/orders.csv`. The scheme names the connector; what follows are its keys.
///
/// @param whole as it was given but for its password: for messages
public record ConnectorUrl(
        String scheme,
        Optional<String> user,
        Optional<String> password,
        Optional<String> host,
        Optional<String> port,
        String path,
        Map<String, String> parameters,
        String whole) {
    private static final String FILE = "file";
    /// Up to the last @: in a password that is not written as it must be, there may be others.
    private static final Pattern PASSWORD = Pattern.compile("^[^:/]+://[^:@/]*:(.*)@");

    private static final Pattern PARAMETER = Pattern.compile("[?&]password=([^&]*)");

    /// What must never be shown of an address, whether it can be read or not.
    public static Set<String> secrets(String text) {
        Set<String> secrets = new HashSet<>();
        for (Pattern pattern : List.of(PASSWORD, PARAMETER)) {
            Matcher found = pattern.matcher(text);
            while (found.find()) {
                secrets.add(found.group(1));
                try {
                    secrets.add(decoded(found.group(1)));
                } catch (IllegalArgumentException notEncoded) {
                    continue; // as it stands is all there is to hide
                }
            }
        }
        secrets.remove("");
        return secrets;
    }

    /// Parts may hold any character as `%` and two hex digits. The password is in no message (R14).
    public static ConnectorUrl parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException malformed) {
            throw refused("an address can't be read: " + malformed.getReason());
        }
        if (url.getScheme() == null) {
            throw refused("an address has no scheme: it is no URL");
        }
        String info = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        if (url.getHost() == null && !authority.isEmpty()) {
            throw refused("the part of an address between '//' and the next '/' can't be read");
        }
        int colon = info.indexOf(':');
        String rawPath = url.isOpaque() ? url.getRawSchemeSpecificPart() : url.getRawPath();
        int query = rawPath.indexOf('?');
        String ownQuery = query < 0 ? "" : rawPath.substring(query + 1);
        return new ConnectorUrl(
                url.getScheme().toLowerCase(Locale.ROOT),
                filled(colon < 0 ? info : info.substring(0, colon)),
                filled(colon < 0 ? "" : info.substring(colon + 1)),
                Optional.ofNullable(url.getHost()),
                url.getPort() < 0 ? Optional.empty() : Optional.of(String.valueOf(url.getPort())),
                decoded(query < 0 ? rawPath : rawPath.substring(0, query)),
                parameters(url.getRawQuery() == null ? ownQuery : url.getRawQuery()),
                colon < 0 ? text : text.replace(info, info.substring(0, colon) + ":***"));
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(decoded(text));
    }

    private static String decoded(String text) {
        // a plus is a plus: this is no form
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static WisentException refused(String what) {
        return WisentException.of(ErrorCode.USAGE, what)
                .hint(
                        "like postgres://user:password@host:5432/database, duckdb:///path/file.duckdb or file:///path/file.csv;"
                                + " write other characters as % and two hex digits: @ is %40, / is %2F, : is %3A");
    }

    /// The name of the connector.
    ///
    /// @param ofFiles the one that reads or writes files
    public String connector(String ofFiles) {
        return switch (scheme) {
            case FILE -> ofFiles;
            case "postgresql" -> "postgres";
            case "mariadb" -> "mysql";
            default -> scheme;
        };
    }

    /// The URL in the keys of a connector: `host`, `port`, `database`, `username`, `password` of one with a server, else the
    /// path as `database` or `path`; parameters by their own names.
    public SequencedMap<String, String> keys(ConfigShape shape) {
        SequencedMap<String, String> keys = new LinkedHashMap<>();
        if (has(shape, "host")) {
            host.ifPresent(value -> keys.put("host", value));
            port.ifPresent(value -> keys.put("port", value));
            String database = path.startsWith("/") ? path.substring(1) : path;
            if (!database.isEmpty()) {
                keys.put("database", database);
            }
            user.ifPresent(value -> keys.put("username", value));
            password.ifPresent(value -> keys.put("password", value));
        } else {
            keys.put(has(shape, "database") ? "database" : "path", file());
        }
        keys.putAll(parameters);
        return keys;
    }

    /// A path that begins with a slash is from the root; `duckdb:file.duckdb` is from the working folder.
    private String file() {
        if (host.isPresent()) {
            throw refused(
                    "a path begins behind three slashes, and '" + whole + "' names the host '" + host.get() + "'");
        }
        if (path.isEmpty()) {
            throw refused("'" + whole + "' names no file");
        }
        return path;
    }

    private static boolean has(ConfigShape shape, String key) {
        return shape.key(key).filter(found -> found.use() == Key.Use.READ).isPresent();
    }
}
