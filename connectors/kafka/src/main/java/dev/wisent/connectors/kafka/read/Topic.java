package dev.wisent.connectors.kafka.read;

import org.apache.kafka.common.Uuid;

/// A topic as the brokers know it: one that was deleted and made anew has another id.
record Topic(String name, Uuid id, int partitions) {}
