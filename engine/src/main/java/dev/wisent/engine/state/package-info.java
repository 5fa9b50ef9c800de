/// The state store in SQLite: leases, run records, copies of progress. It never decides what was written, the
/// destination does (R1, R5); without it
/// nothing is lost but the list of runs. Start reading at [SqliteStateStore].
package dev.wisent.engine.state;
