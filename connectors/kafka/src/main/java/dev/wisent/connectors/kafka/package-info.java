/// Topics of Kafka: source, destination and queue `kafka`.
package dev.wisent.connectors.kafka;
