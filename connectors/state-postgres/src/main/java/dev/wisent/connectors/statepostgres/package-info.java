/// The state store in PostgreSQL: leases, run records, resets and copies of progress in a schema of a database that any
/// number of machines share. It never decides what was written, the destination does (R1, R5). Start reading at
/// [PostgresStateStore]; [Session] is the one connection behind it, [Schema] how its tables come to be.
package dev.wisent.connectors.statepostgres;
