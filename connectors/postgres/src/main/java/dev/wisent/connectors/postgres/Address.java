package dev.wisent.connectors.postgres;

import dev.wisent.connectors.sql.net.WatchedSockets;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/// Where a database is and who asks. Its text holds no password.
///
/// @param hosts `host`, `host:port`, or several with commas
/// @param parameters of the driver, by their names
public record Address(
        String hosts,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> parameters) {
    /// In place of one that could not be read.
    static final Address NONE = new Address("", "", Optional.empty(), Optional.empty(), Map.of());

    private static final int CONNECT_SECONDS = 10;
    /// No byte for so long means that the server, or the way to it, is gone. A MERGE or a sort of millions of rows is
    /// silent for minutes. `socketTimeout` in `url` says otherwise.
    private static final int SILENCE_SECONDS = 600;

    /// Groups: user, password, hosts, database, parameters. The last @ ends the password, so it may have one itself.
    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^:]*?)(?::(.*))?@)?([^@/?]+)/([^@/?]+)(?:\\?(.*))?");

    public Address {
        parameters = Map.copyOf(parameters);
    }

    /// @throws IllegalArgumentException with a hint; it quotes nothing of `url` that could be a secret
    public static Address parse(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("");
        }
        Map<String, String> parameters = new TreeMap<>();
        Optional<String> user = Optional.ofNullable(parts.group(1)).map(Address::decoded);
        Optional<String> password = Optional.ofNullable(parts.group(2)).map(Address::decoded);
        for (String pair : Optional.ofNullable(parts.group(5)).orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (name.equals(PGProperty.USER.getName())) {
                user = Optional.of(value);
            } else if (name.equals(PGProperty.PASSWORD.getName())) {
                password = Optional.of(value);
            } else if (PGProperty.forName(name) != null) {
                parameters.put(name, value);
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException("the PostgreSQL driver has no parameter '" + name + "'");
            }
        }
        return new Address(parts.group(3), decoded(parts.group(4)), user, password, parameters);
    }

    public static Address of(String host, int port, String database) {
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return new Address(
                (bareIpv6 ? "[" + host + "]" : host) + ":" + port,
                database,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /// What is given here wins.
    public Address as(Optional<String> otherUser, Optional<String> otherPassword) {
        return new Address(hosts, database, otherUser.or(() -> user), otherPassword.or(() -> password), parameters);
    }

    /// With one more of the driver's parameters; it wins over one of the same name.
    public Address with(String parameter, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value);
        return new Address(hosts, database, user, password, more);
    }

    /// Whether whoever gave the address says how long a silence may be.
    public boolean saysSilence() {
        return says(PGProperty.SOCKET_TIMEOUT);
    }

    /// Whether whoever gave the address gave this one of the driver's parameters.
    public boolean says(PGProperty parameter) {
        return parameters.containsKey(parameter.getName());
    }

    String jdbc() {
        return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /// For the driver. Passwords go here and into no URL, so any character may stand in them.
    Properties properties() {
        Properties all = new Properties();
        PGProperty.CONNECT_TIMEOUT.set(all, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(all, SILENCE_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(all, true);
        PGProperty.SOCKET_FACTORY.set(all, WatchedSockets.class.getName());
        all.putAll(parameters);
        user.ifPresent(name -> PGProperty.USER.set(all, name));
        password.ifPresent(word -> PGProperty.PASSWORD.set(all, word));
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException percent) {
            throw new IllegalArgumentException("a % that stands for itself is written %25");
        }
    }

    @Override
    public String toString() {
        return "postgresql://" + user.map(name -> name + "@").orElse("") + hosts + "/" + database;
    }
}
