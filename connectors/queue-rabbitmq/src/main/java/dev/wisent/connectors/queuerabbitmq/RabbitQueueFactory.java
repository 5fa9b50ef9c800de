package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.queue.QueueHandle;

/// `type: rabbitmq`.
public final class RabbitQueueFactory implements QueueFactory {
    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public String summary() {
        return "quorum queues of RabbitMQ, one a lane";
    }

    @Override
    public ConfigShape keys() {
        return RabbitOptions.KEYS;
    }

    @Override
    public QueueHandle create(ConfigSection config) {
        return new RabbitHandle(RabbitOptions.read(config));
    }
}
