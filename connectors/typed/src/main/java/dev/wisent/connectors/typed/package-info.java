/// Values that bring their types along, as columns: what the families of file formats and of Kafka share. Not a family itself.
package dev.wisent.connectors.typed;
