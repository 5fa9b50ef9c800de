/// The queue `rabbitmq`: a quorum queue a lane, read message by message, written with publisher confirms. Start reading at
/// [RabbitQueue].
package dev.wisent.connectors.queuerabbitmq;
