package dev.wisent.connectors.mysql;

import dev.wisent.connectors.sql.net.WatchedSockets;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    static final String SSL_MODE = "sslMode";

    private static final int CONNECT_MILLIS = 10_000;
    /// No byte for so long means that the server, or the way to it, is gone. Statements over millions of rows are silent for
    /// minutes. `socketTimeout` in `url` says otherwise.
    private static final int SILENCE_MILLIS = 600_000;

    /// What the driver does with values and statements is ours to say.
    private static final Set<String> OURS = Set.of(
            "allowmultiqueries",
            "sessionvariables",
            "initsql",
            "timezone",
            "connectiontimezone",
            "tinyint1isbit",
            "useserverprepstmts",
            "useaffectedrows",
            "autocommit",
            "createdatabaseifnotexist");

    /// Groups: user, password, hosts, database, parameters. The last @ ends the password, so it may have one itself.
    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?(?:mysql|mariadb)://(?:([^:]*?)(?::(.*))?@)?([^@/?]+)/([^@/?]+)(?:\\?(.*))?");

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
            if (name.equals("user")) {
                user = Optional.of(value);
            } else if (name.equals("password")) {
                password = Optional.of(value);
            } else if (OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                throw new IllegalArgumentException("Wisent sets the driver's '" + name + "' itself");
            } else if (!pair.isEmpty()) {
                parameters.put(name, value);
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

    String jdbc() {
        return "jdbc:mariadb://" + hosts + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// For the driver. Passwords go here and into no URL, so any character may stand in them.
    Properties properties() {
        Properties all = new Properties();
        all.setProperty("connectTimeout", String.valueOf(CONNECT_MILLIS));
        all.setProperty("socketTimeout", String.valueOf(SILENCE_MILLIS));
        all.setProperty("socketFactory", WatchedSockets.class.getName());
        // A server must not be able to ask for files of this machine.
        all.setProperty("allowLocalInfile", "false");
        all.setProperty("tinyInt1isBit", "false");
        all.setProperty("yearIsDateType", "false");
        all.putAll(parameters);
        user.ifPresent(name -> all.setProperty("user", name));
        password.ifPresent(word -> all.setProperty("password", word));
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
        return "mysql://" + user.map(name -> name + "@").orElse("") + hosts + "/" + database;
    }
}
