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
        KafkaQueue queue = new KafkaQueue(options, topic);
        try {
            if (request.part() != QueueRequest.Part.READ) {
                Thread unused =
                        Thread.ofPlatform().daemon(true).name("queue-producer").start(queue::prepareToPublish);
            }
            topic.prepare(request.lanes());
            queue.topicIsKnown();
            return queue;
        } catch (RuntimeException | Error e) {
            queue.close();
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
