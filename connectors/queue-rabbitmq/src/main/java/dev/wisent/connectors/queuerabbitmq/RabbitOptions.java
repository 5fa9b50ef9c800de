package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;

/// The keys of the queue, under `config.queue`.
record RabbitOptions(String queueName, Login login) {
    private static final Key<String> QUEUE_NAME = Key.text("queue_name")
            .about("what the queues' names begin with; job and lane follow, so pipelines may share it")
            .standard("wisent");
    private static final Key<ConfigSection> QUEUE = Key.nested(
                    "queue",
                    ConfigShape.of(
                            LoginKeys.HOST,
                            LoginKeys.PORT,
                            QUEUE_NAME,
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
                name, LoginKeys.read(queue, Side.QUEUE, broker -> "rabbitmq, " + broker + ", queue " + name));
    }
}
