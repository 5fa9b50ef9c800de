/// Tables, views and queries of PostgreSQL as a source. A planner cuts them into key ranges ([FullPlanner]) or into windows of
/// a cursor below a [Frontier] ([WindowPlanner]); a [TableReader] fetches a range in short transactions, by COPY in its
/// binary format; a [TupleDecoder] turns that into columns. Start reading at [PostgresSource].
///
/// Change data capture will be a third planner and reader beside these: one split without end whose ordinals are places in
/// the server's log, SAFE at the ends of transactions.
package dev.wisent.connectors.postgres.read;
