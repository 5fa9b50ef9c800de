package dev.wisent.connectors.statepostgres;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.util.List;
import java.util.Optional;

/// The keys of the store.
///
/// @param schema where the tables are
record PostgresOptions(Address address, String schema) {
    /// What identifiers are cut at (NAMEDATALEN - 1); a cut name would be another schema than the one that is told.
    private static final int LONGEST_NAME = 63;

    private static final String STANDARD_SCHEMA = "wisent";

    private static final Key<Optional<Address>> URL = Key.text("url")
            .about(
                    "instead of host, port and database: `postgresql://user:password@host:5432/database?sslmode=verify-full`, "
                            + "also with `jdbc:` in front. Parameters are those of the PostgreSQL JDBC driver, such as `sslmode` and "
                            + "`sslrootcert`; `%40` stands for an @")
            .secret()
            .as(
                    "like postgresql://user@host:5432/database, with parameters the PostgreSQL driver knows",
                    Address.NONE,
                    Address::parse)
            .optional();
    private static final Key<Optional<String>> HOST =
            Key.text("host").about("where the server is").optional();
    private static final Key<Optional<Long>> PORT =
            Key.whole("port", 1, 65_535).about("its port").optional("5432");
    private static final Key<Optional<String>> DATABASE =
            Key.text("database").about("a database that is there").optional();
    private static final Key<String> SCHEMA = Key.text("schema")
            .about("where the tables are, all named `wisent_…`; made if it is not there")
            .as("a name of at most " + LONGEST_NAME + " bytes that does not begin with pg_", STANDARD_SCHEMA, text -> {
                int bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
                if (text.isBlank() || bytes > LONGEST_NAME || text.startsWith("pg_") || text.indexOf('\0') >= 0) {
                    throw new IllegalArgumentException("");
                }
                return text;
            })
            .standard(STANDARD_SCHEMA);
    private static final Key<Optional<String>> USERNAME =
            Key.text("username").about("who connects").optional("the one in `url`");
    private static final Key<Optional<String>> PASSWORD = Key.text("password")
            .about("best as a reference: `env://PGPASSWORD`. Any character may stand in it")
            .secret()
            .optional("the one in `url`, else the driver's password file");

    static final ConfigShape KEYS = ConfigShape.of(
            URL, HOST, PORT, DATABASE, SCHEMA, USERNAME, PASSWORD, Key.idle("echoEngine", "SQL is not logged"));

    /// Reports every problem to `config`.
    static PostgresOptions read(ConfigSection config) {
        Optional<Address> url = config.read(URL);
        Optional<String> host = config.read(HOST);
        Optional<Long> port = config.read(PORT);
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
            address = Address.of(host.orElse(""), port.map(Math::toIntExact), database.orElse(""));
        }
        address = address.as(config.read(USERNAME), config.read(PASSWORD));
        if (config.has(URL.name()) ? url.isPresent() && address.user().isEmpty() : !config.has(USERNAME.name())) {
            config.problem(USERNAME.name(), "'username' is missing", "");
        }
        return new PostgresOptions(address, config.read(SCHEMA));
    }

    private static void need(ConfigSection config, Key<?> key, Optional<String> value) {
        if (value.filter(text -> !text.isBlank()).isEmpty()) {
            config.problem(
                    key.name(),
                    config.has(key.name()) ? "must not be empty" : "'" + key.name() + "' is missing",
                    "or give 'url'");
        }
    }

    /// For people; no secrets.
    String location() {
        return address + ", schema " + schema;
    }
}
