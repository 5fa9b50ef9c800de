package dev.wisent.connectors.kafka.queue;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.queue.QueueHandle;

/// `type: kafka`.
public final class KafkaQueueFactory implements QueueFactory {
    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "topics of Kafka or Redpanda, a partition a lane";
    }

    @Override
    public ConfigShape keys() {
        return QueueOptions.KEYS;
    }

    @Override
    public QueueHandle create(ConfigSection config) {
        return new KafkaHandle(QueueOptions.read(config));
    }
}
