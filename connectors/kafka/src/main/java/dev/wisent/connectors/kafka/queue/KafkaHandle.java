package dev.wisent.connectors.kafka.queue;

import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;

/// Brokers that are known and not connected to.
record KafkaHandle(QueueOptions options) implements QueueHandle {
    @Override
    public String location() {
        return options.location();
    }

    @Override
    public MessageQueue open(QueueRequest request) {
        LaneTopic topic = new LaneTopic(options, request.job());
        try {
            topic.prepare(request.lanes());
            return new KafkaQueue(options, topic);
        } catch (RuntimeException | Error e) {
            topic.close();
            throw e;
        }
    }

    @Override
    public void check() {
        try (LaneTopic nobody = new LaneTopic(options, "")) {
            nobody.check();
        }
    }
}
