/// Topics as a source. A partition is a split, read window by window: a window of a bounded run ends where the partition
/// ended when the run began, one of a stream does not end. [dev.wisent.connectors.kafka.read.Windows] says how they are
/// named, [dev.wisent.connectors.kafka.read.PartitionReader] how they are read: assigned, never subscribed to, for the
/// engine says who reads what, and the destination how far. Positions are offsets: the ordinal of a position is the offset
/// of the next message.
package dev.wisent.connectors.kafka.read;
