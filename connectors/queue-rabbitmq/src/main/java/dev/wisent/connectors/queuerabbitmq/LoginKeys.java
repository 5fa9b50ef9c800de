package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
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
            .about("`tls`: encrypted; certificate and name are checked against what the JVM trusts")
            .standard(Security.PLAIN);

    public static final ConfigShape SHAPE = ConfigShape.of(HOST, PORT, USERNAME, PASSWORD, VHOST, SECURITY);

    private LoginKeys() {}

    /// @param location names the broker, of `host:port`
    public static Login read(ConfigSection config, Side side, Function<String, String> location) {
        Security security = config.read(SECURITY);
        String host = config.read(HOST);
        int port = config.read(PORT).map(Math::toIntExact).orElse(security == Security.TLS ? TLS_PORT : PLAIN_PORT);
        return new Login(
                host,
                port,
                config.read(VHOST),
                config.read(USERNAME),
                config.read(PASSWORD).orElse("guest"),
                security,
                side,
                location.apply(host + ":" + port));
    }
}
