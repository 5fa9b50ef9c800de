/// The transaction log of a Delta table, as written: actions, entries, names, and what a table may hold. No I/O.
///
/// Source: the Delta transaction log protocol, https://github.com/delta-io/delta/blob/master/PROTOCOL.md
package dev.wisent.connectors.delta.log;
