package dev.wisent.connectors.kafka;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keys that say how the brokers are reached, the same for source and destination.
public final class ClientKeys {
    private enum Login {
        PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
        SCRAM_256("SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
        SCRAM_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

        private final String mechanism;
        private final String module;

        Login(String mechanism, String module) {
            this.mechanism = mechanism;
            this.module = module;
        }
    }

    /// Names of librdkafka, which Bizon's files have, and what the Java client calls them.
    private static final Map<String, String> OTHER_NAMES = Map.of("sasl.mechanisms", "sasl.mechanism");

    public static final Key<String> BOOTSTRAP_SERVERS = Key.text("bootstrap_servers")
            .about("some of the brokers, as `host:port`, divided by commas")
            .example("localhost:9092")
            .alias("bootstrap_server")
            .required();
    private static final Key<Login> TYPE = Key.choice(
                    "type",
                    logins(),
                    Map.of("basic", Login.PLAIN),
                    Map.of("oauthbearer", "use plain or scram-sha-512", "gssapi", "use plain or scram-sha-512"))
            .about("the SASL mechanism; `basic` is `plain`")
            .standard(Login.PLAIN, "`plain`");
    private static final Key<String> USERNAME =
            Key.text("username").about("who logs in").required();
    private static final Key<String> PASSWORD = Key.text("password")
            .about("best as a reference: `env://KAFKA_PASSWORD`")
            .secret()
            .required();
    private static final Key<ConfigSection> PARAMS = Key.nested("params", ConfigShape.of(USERNAME, PASSWORD))
            .about("the login")
            .required();
    private static final Key<Optional<String>> CA_FILE = Key.text("ca_file")
            .about("a PEM file: who signed the brokers' certificates")
            .optional("those the JDK trusts");
    private static final Key<Optional<String>> CLIENT_FILE = Key.text("client_file")
            .about("a PEM file with this client's private key and certificates, where the brokers ask for one")
            .optional();
    private static final Key<Optional<ConfigSection>> TLS = Key.nested("tls", ConfigShape.of(CA_FILE, CLIENT_FILE))
            .about("encrypts the connections; `{}` with what the JDK trusts")
            .optional("with `authentication`, unless `security.protocol` says otherwise; without it not");

    private ClientKeys() {}

    private static Map<String, Login> logins() {
        Map<String, Login> words = new LinkedHashMap<>();
        words.put("plain", Login.PLAIN);
        words.put("scram-sha-256", Login.SCRAM_256);
        words.put("scram-sha-512", Login.SCRAM_512);
        return words;
    }

    /// The shape of `authentication`, with what a source has there beside the login.
    public static Key<Optional<ConfigSection>> authentication(Key<?>... more) {
        return Key.nested("authentication", ConfigShape.of(TYPE, PARAMS).and(more))
                .about("SASL; absent: nobody logs in")
                .optional();
    }

    /// The client's own settings, under their own names.
    public static Key<Map<String, String>> config(String name) {
        return Key.textMap(name)
                .about(
                        "settings of the Kafka client, such as `security.protocol`, under their own names; what Wisent needs to set itself is refused")
                .secret()
                .orEmpty();
    }

    public static final ConfigShape SHAPE = ConfigShape.of(BOOTSTRAP_SERVERS, TLS);

    /// Reads how the brokers are reached.
    ///
    /// @param authentication the section, if there is one
    /// @param own the client's own settings
    public static ClientOptions read(
            ConfigSection config, Optional<ConfigSection> authentication, Map<String, String> own) {
        String servers = config.read(BOOTSTRAP_SERVERS);
        Map<String, String> security = new HashMap<>();
        Optional<ConfigSection> tls = config.read(TLS);
        boolean login = authentication.isPresent();
        boolean encrypted = tls.isPresent() || login;
        security.put("security.protocol", (login ? "SASL_" : "") + (encrypted ? "SSL" : "PLAINTEXT"));
        if (login) {
            login(authentication.get(), security);
        }
        tls.ifPresent(section -> {
            section.read(CA_FILE).ifPresent(file -> {
                security.put("ssl.truststore.type", "PEM");
                security.put("ssl.truststore.location", file);
            });
            section.read(CLIENT_FILE).ifPresent(file -> {
                security.put("ssl.keystore.type", "PEM");
                security.put("ssl.keystore.location", file);
            });
        });
        own.forEach((name, value) -> security.put(javaName(name), value));
        return new ClientOptions(servers, security);
    }

    private static void login(ConfigSection authentication, Map<String, String> security) {
        Login login = authentication.read(TYPE);
        ConfigSection params = authentication.read(PARAMS);
        security.put("sasl.mechanism", login.mechanism);
        security.put(
                "sasl.jaas.config",
                "%s required username=%s password=%s;"
                        .formatted(login.module, quoted(params.read(USERNAME)), quoted(params.read(PASSWORD))));
    }

    /// As JAAS has it: in double quotes, with backslashes before quotes and backslashes.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// What the Java client calls a setting.
    public static String javaName(String name) {
        return OTHER_NAMES.getOrDefault(name, name);
    }

    /// Reports settings no Java client knows, and those that are not for people to set.
    public static void refuse(
            ConfigSection config, String key, Map<String, String> own, Set<String> known, List<String> ours) {
        for (String name : own.keySet()) {
            if (ours.contains(javaName(name))) {
                config.problem(key, "'" + name + "' is set by Wisent, or exactly once would be lost", "leave it out");
            } else if (!known.contains(javaName(name)) && !name.startsWith("ssl.") && !name.startsWith("sasl.")) {
                config.problem(key, "the Java client of Kafka has no setting '" + name + "'", "");
            }
        }
    }
}
