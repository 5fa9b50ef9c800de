package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;

/// A message as it came.
record Arrival(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    long tag() {
        return envelope.getDeliveryTag();
    }
}
