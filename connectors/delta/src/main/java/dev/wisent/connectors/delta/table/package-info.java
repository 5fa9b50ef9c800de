/// A table as a writer sees it: its newest version, read by Kernel and followed entry by entry, and the entries that are to
/// come after it.
package dev.wisent.connectors.delta.table;
