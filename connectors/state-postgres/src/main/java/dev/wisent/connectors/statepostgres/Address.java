package dev.wisent.connectors.statepostgres;

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
record Address(
        String hosts,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> parameters) {
    /// In place of one that could not be read.
    static final Address NONE = new Address("", "", Optional.empty(), Optional.empty(), Map.of());

    /// Groups: user, password, hosts, database, parameters. The last @ ends the password, so it may have one itself.
    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^:]*?)(?::(.*))?@)?([^@/?]+)/([^@/?]+)(?:\\?(.*))?");

    /// @throws IllegalArgumentException with a hint; it quotes nothing of `url` that could be a secret
    static Address parse(String url) {
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

    static Address of(String host, Optional<Integer> port, String database) {
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        String name = bareIpv6 ? "[" + host + "]" : host;
        return new Address(
                port.map(p -> name + ":" + p).orElse(name), database, Optional.empty(), Optional.empty(), Map.of());
    }

    /// What is given here wins.
    Address as(Optional<String> otherUser, Optional<String> otherPassword) {
        return new Address(hosts, database, otherUser.or(() -> user), otherPassword.or(() -> password), parameters);
    }

    String jdbc() {
        return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /// For the driver. Passwords go here and into no URL, so any character may stand in them.
    Properties properties() {
        Properties all = new Properties();
        PGProperty.APPLICATION_NAME.set(all, "wisent");
        PGProperty.CONNECT_TIMEOUT.set(all, 10);
        // every statement here takes milliseconds: no answer for so long means that the server, or the way to it, is
        // gone
        PGProperty.SOCKET_TIMEOUT.set(all, 30);
        PGProperty.TCP_KEEP_ALIVE.set(all, true);
        PGProperty.PREPARE_THRESHOLD.set(all, 0); // none kept in the server: works behind a pooler of transactions too
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
