package dev.wisent.connectors.mysql;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys that say which database is meant, the same for source and destination: parts, or one `url`.
public final class ConnectionKeys {
    private static final int PORT_OF_MYSQL = 3306;

    private static final Key<Optional<Address>> URL = Key.text("url")
            .about(
                    "instead of host, port and database: `mysql://user:password@host:3306/database?sslMode=verify-full`, also"
                            + " with `mariadb:`, and `jdbc:` in front. Parameters are those of MariaDB Connector/J, such as"
                            + " `serverSslCert` and `socketTimeout`; a `%` that stands for itself is written `%25`")
            .secret()
            .as("like mysql://user@host:3306/database", Address.NONE, Address::parse)
            .optional();
    private static final Key<Optional<String>> HOST =
            Key.text("host").about("where the server is").example("localhost").optional();
    private static final Key<Long> PORT =
            Key.whole("port", 1, 65_535).about("its port").standard((long) PORT_OF_MYSQL);
    private static final Key<Optional<String>> DATABASE =
            Key.text("database").about("the database's name").optional();
    private static final Key<Optional<String>> USERNAME =
            Key.text("username").about("who connects").optional("the one in `url`");
    private static final Key<Optional<String>> PASSWORD = Key.text("password")
            .about("best as a reference: `env://MYSQL_PASSWORD`. Any character may stand in it")
            .secret()
            .optional("the one in `url`, else none");
    private static final Key<Optional<String>> SSLMODE = Key.choice("sslmode", sslModes(), Map.of(), Map.of())
            .about("whether the connection is encrypted, and what is checked of the server's certificate")
            .optional("`prefer`: encrypted if the server can");

    public static final ConfigShape SHAPE = ConfigShape.of(URL, HOST, PORT, DATABASE, USERNAME, PASSWORD, SSLMODE);

    private ConnectionKeys() {}

    private static Map<String, String> sslModes() {
        Map<String, String> words = new LinkedHashMap<>();
        List.of("disable", "prefer", "require", "verify-ca", "verify-full").forEach(word -> words.put(word, word));
        return words;
    }

    /// Reads them from `config`, whose shape has [#SHAPE]'s keys, and reports every problem to it.
    public static Address read(ConfigSection config) {
        Optional<Address> url = config.read(URL);
        Optional<String> host = config.read(HOST);
        long port = config.read(PORT);
        Optional<String> database = config.read(DATABASE);
        Address address;
        if (config.has(URL.name())) {
            for (Key<?> key : List.of(HOST, PORT, DATABASE)) {
                if (config.has(key.name())) {
                    config.problem(key.name(), "'url' says it already", "keep one of them");
                }
            }
            address = url.orElse(Address.NONE);
        } else {
            need(config, HOST, host);
            need(config, DATABASE, database);
            address = Address.of(host.orElse(""), Math.toIntExact(port), database.orElse(""));
        }
        address = address.as(config.read(USERNAME), config.read(PASSWORD));
        if (config.has(URL.name()) ? url.isPresent() && address.user().isEmpty() : !config.has(USERNAME.name())) {
            config.problem(USERNAME.name(), "'username' is missing", "");
        }
        Optional<String> sslmode = config.read(SSLMODE).map(word -> word.equals("require") ? "trust" : word);
        return sslmode.isPresent() ? address.with(Address.SSL_MODE, sslmode.get()) : address;
    }

    private static void need(ConfigSection config, Key<?> key, Optional<String> value) {
        if (value.filter(text -> !text.isBlank()).isEmpty()) {
            config.problem(
                    key.name(),
                    config.has(key.name()) ? "must not be empty" : "'" + key.name() + "' is missing",
                    "or give 'url'");
        }
    }
}
