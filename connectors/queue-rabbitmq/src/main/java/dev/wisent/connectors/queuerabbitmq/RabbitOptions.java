package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.util.Optional;

/// The keys of the queue, under `config.queue`.
record RabbitOptions(
        String host, int port, String queueName, String username, String password, String vhost, Security security) {
    enum Security {
        PLAIN,
        TLS
    }

    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;

    private static final Key<String> HOST =
            Key.text("host").about("where the broker is").standard("localhost");
    private static final Key<Optional<Long>> PORT =
            Key.whole("port", 1, 65_535).about("its port").optional("5672, with TLS 5671");
    private static final Key<String> QUEUE_NAME = Key.text("queue_name")
            .about("what the queues' names begin with; job and lane follow, so pipelines may share it")
            .standard("wisent");
    private static final Key<String> USERNAME =
            Key.text("username").about("who connects").standard("guest");
    private static final Key<Optional<String>> PASSWORD = Key.text("password")
            .about("best as a reference: `env://RABBITMQ_PASSWORD`")
            .secret()
            .optional("`guest`");
    private static final Key<String> VHOST =
            Key.text("vhost").about("the virtual host").standard("/");
    private static final Key<Security> SECURITY = Key.choice("security", Security.class)
            .about("`tls`: encrypted; certificate and name are checked against what the JVM trusts")
            .standard(Security.PLAIN);
    private static final Key<ConfigSection> QUEUE = Key.nested(
                    "queue",
                    ConfigShape.of(
                            HOST,
                            PORT,
                            QUEUE_NAME,
                            USERNAME,
                            PASSWORD,
                            VHOST,
                            SECURITY,
                            Key.idle("exchange", "messages go straight to their lane's queue")))
            .about("broker and names")
            .orEmpty();

    static final ConfigShape KEYS = ConfigShape.of(
            QUEUE,
            Key.idle("consumer", "the engine reads as fast as it commits"),
            Key.idle("max_nb_messages", "what waits is on the broker's disk"));

    static RabbitOptions read(ConfigSection config) {
        ConfigSection queue = config.read(QUEUE);
        Security security = queue.read(SECURITY);
        return new RabbitOptions(
                queue.read(HOST),
                queue.read(PORT).map(Math::toIntExact).orElse(security == Security.TLS ? TLS_PORT : PLAIN_PORT),
                queue.read(QUEUE_NAME),
                queue.read(USERNAME),
                queue.read(PASSWORD).orElse("guest"),
                queue.read(VHOST),
                security);
    }

    String location() {
        return "rabbitmq, " + host + ":" + port + ", queue " + queueName;
    }

    /// Without the password (R14).
    @Override
    public String toString() {
        return location();
    }
}
