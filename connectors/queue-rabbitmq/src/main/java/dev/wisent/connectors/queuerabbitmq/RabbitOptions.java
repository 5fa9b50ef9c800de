package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;

/// The keys of the queue, under `config.queue`.
///
/// @param mostBytes of a message
record RabbitOptions(String queueName, int mostBytes, Login login) {
    /// A quarter of what a broker takes that was not told otherwise: 16 MB since RabbitMQ 4, 128 MB before.
    static final int USUAL_BYTES = 4 << 20;

    /// A header, and as much payload again.
    private static final int LEAST_BYTES = 4 << 10;

    /// What the client takes.
    private static final int LARGEST_BYTES = 64 << 20;

    private static final Key<String> QUEUE_NAME = Key.text("queue_name")
            .about("what the queues' names begin with; job and lane follow, so pipelines may share it")
            .standard("wisent");
    private static final Key<Long> MAX_MESSAGE_BYTES = Key.whole("max_message_bytes", LEAST_BYTES, LARGEST_BYTES)
            .about("larger entries go in parts; at most the broker's `max_message_size`, which it tells nobody")
            .standard((long) USUAL_BYTES);
    private static final Key<ConfigSection> QUEUE = Key.nested(
                    "queue",
                    ConfigShape.of(
                            LoginKeys.HOST,
                            LoginKeys.PORT,
                            QUEUE_NAME,
                            MAX_MESSAGE_BYTES,
                            LoginKeys.USERNAME,
                            LoginKeys.PASSWORD,
                            LoginKeys.VHOST,
                            LoginKeys.SECURITY,
                            LoginKeys.TLS,
                            Key.idle("exchange", "messages go straight to their lane's queue")))
            .about("broker and names")
            .orEmpty();

    static final ConfigShape KEYS = ConfigShape.of(
            QUEUE,
            Key.idle("consumer", "the engine reads as fast as it commits"),
            Key.idle("max_nb_messages", "what waits is on the broker's disk"));

    static RabbitOptions read(ConfigSection config) {
        ConfigSection queue = config.read(QUEUE);
        String name = queue.read(QUEUE_NAME);
        return new RabbitOptions(
                name,
                Math.toIntExact(queue.read(MAX_MESSAGE_BYTES)),
                LoginKeys.read(queue, Side.QUEUE, broker -> "rabbitmq, " + broker + ", queue " + name));
    }
}
