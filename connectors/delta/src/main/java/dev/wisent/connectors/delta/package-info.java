/// Delta Lake tables: exactly once. Kernel reads a table's log, a small committer of our own writes it
/// ([dev.wisent.connectors.delta.DeltaDestination] says how).
package dev.wisent.connectors.delta;
