package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;

/// A broker that is known and not connected to.
record RabbitHandle(RabbitOptions options) implements QueueHandle {
    @Override
    public String location() {
        return options.login().location();
    }

    @Override
    public MessageQueue open(QueueRequest request) {
        return new RabbitQueue(options, request);
    }

    @Override
    public void check() {
        options.login().check();
    }
}
