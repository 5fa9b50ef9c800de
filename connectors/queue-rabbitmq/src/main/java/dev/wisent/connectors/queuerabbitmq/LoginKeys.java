package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The keys of a connection to a broker.
public final class LoginKeys {
    /// Whether what is sent can be read on its way.
    public enum Security {
        PLAIN,
        TLS
    }

    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;

    static final Key<String> HOST =
            Key.text("host").about("where the broker is").standard("localhost");
    static final Key<Optional<Long>> PORT =
            Key.whole("port", 1, 65_535).about("its port").optional("5672, with TLS 5671");
    static final Key<String> USERNAME =
            Key.text("username").about("who connects").standard("guest");
    static final Key<Optional<String>> PASSWORD = Key.text("password")
            .about("best as a reference: `env://RABBITMQ_PASSWORD`")
            .secret()
            .optional("`guest`");
    static final Key<String> VHOST = Key.text("vhost").about("the virtual host").standard("/");
    static final Key<Security> SECURITY = Key.choice("security", Security.class)
            .about(
                    "`tls`: encrypted; certificate and name are checked against what the JVM trusts, or what `tls` names")
            .standard(Security.PLAIN, "`plain`, unless `tls` is there");
    static final Key<Optional<String>> CA_FILE = Key.text("ca_file")
            .about("a PEM file: who signed the broker's certificate")
            .optional("those the JVM trusts");
    static final Key<Optional<String>> CLIENT_FILE = Key.text("client_file")
            .about("a PEM file with this client's private key and certificates, where the broker asks for one")
            .optional();
    static final Key<Optional<String>> CLIENT_KEY_FILE = Key.text("client_key_file")
            .about("the private key, where it is in a PEM file of its own")
            .optional("the one in `client_file`");
    static final Key<Optional<ConfigSection>> TLS = Key.nested(
                    "tls", ConfigShape.of(CA_FILE, CLIENT_FILE, CLIENT_KEY_FILE))
            .about("encrypts the connection; `{}` with what the JVM trusts")
            .optional();

    public static final ConfigShape SHAPE = ConfigShape.of(HOST, PORT, USERNAME, PASSWORD, VHOST, SECURITY, TLS);

    private LoginKeys() {}

    /// @param location names the broker, of `host:port`
    public static Login read(ConfigSection config, Side side, Function<String, String> location) {
        Optional<Certificates> tls = tls(config);
        String host = config.read(HOST);
        int port = config.read(PORT).map(Math::toIntExact).orElse(tls.isPresent() ? TLS_PORT : PLAIN_PORT);
        return new Login(
                host,
                port,
                config.read(VHOST),
                config.read(USERNAME),
                config.read(PASSWORD).orElse("guest"),
                tls,
                side,
                location.apply(host + ":" + port));
    }

    private static Optional<Certificates> tls(ConfigSection config) {
        Optional<ConfigSection> tls = config.read(TLS);
        Security security = config.read(SECURITY);
        if (tls.isPresent() && config.has(SECURITY.name()) && security == Security.PLAIN) {
            config.problem(SECURITY.name(), "'tls' says otherwise", "leave one of them out");
        }
        return security == Security.TLS
                ? Optional.of(tls.map(LoginKeys::certificates).orElse(Certificates.OF_THE_JVM))
                : tls.map(LoginKeys::certificates);
    }

    private static Certificates certificates(ConfigSection tls) {
        Optional<Path> chain = tls.read(CLIENT_FILE).map(Path::of);
        Optional<Path> key = tls.read(CLIENT_KEY_FILE).map(Path::of);
        if (key.isPresent() && chain.isEmpty()) {
            tls.problem(CLIENT_KEY_FILE.name(), "'client_file' is missing", "it has the certificates of this key");
        }
        return new Certificates(
                tls.read(CA_FILE).map(Path::of),
                chain.map(certificates -> new Certificates.Client(certificates, key.orElse(certificates))));
    }
}
