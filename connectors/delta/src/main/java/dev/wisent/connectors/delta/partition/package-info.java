/// Which rows of a batch belong to which partition of a table.
package dev.wisent.connectors.delta.partition;
