/// The source `rabbitmq`: queues of RabbitMQ, each a split whose position is a number of messages and the ids of the last ones.
/// A message is acknowledged after the commit that holds it. Start reading at [QueueReading].
package dev.wisent.connectors.queuerabbitmq.read;
