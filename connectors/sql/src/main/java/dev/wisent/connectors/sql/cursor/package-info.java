/// Incremental reads of servers that many write to at once: [Windows] of a cursor, each from the [Edge] of the one before it
/// to an edge that no open transaction can write behind any more. Finding that edge is each database's own.
package dev.wisent.connectors.sql.cursor;
