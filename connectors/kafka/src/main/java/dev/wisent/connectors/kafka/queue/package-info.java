/// The queue `kafka`: a topic for each job with a partition for each lane, written with acknowledgements of all replicas, read
/// without joining a group. Start reading at [dev.wisent.connectors.kafka.queue.KafkaQueue].
package dev.wisent.connectors.kafka.queue;
