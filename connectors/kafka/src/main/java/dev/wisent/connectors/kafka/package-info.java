/// Topics of Kafka: source and destination `kafka`.
package dev.wisent.connectors.kafka;
