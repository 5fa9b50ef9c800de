/// Which rows of a batch belong to which partition of a table.
@NullMarked
package dev.wisent.connectors.delta.partition;

import org.jspecify.annotations.NullMarked;
